// Written by `npm run business-objects`. Corrections belong into the definition that reads it.
export const orderItemTable = `
AvailableQuantity double(18,2) -
Description string(255) cu "Line Description"
EndDate date cu
ListPrice currency(18,2) -
OrderId reference c required cascade to Order as Order
OrderItemNumber string(30) - autoNumber idLookup "Order Product Number"
OriginalOrderItemId reference c to OrderItem as OriginalOrderItem
PricebookEntryId reference c to PricebookEntry as PricebookEntry "Price Book Entry ID"
Product2Id reference c refuse to Product2 as Product2 "Product ID"
Quantity double(18,2) cu required
ServiceDate date cu "Start Date"
TotalPrice currency(18,2) - calculated
UnitPrice currency(18,2) cu
> ChildOrderItems OrderItem.OriginalOrderItemId
`;
