// Written by `npm run business-objects`. Corrections belong into the definition that reads it.
export const orderTable = `
AccountId reference cu refuse to Account as Account
ActivatedById reference - to User as ActivatedBy
ActivatedDate datetime -
BillToContactId reference cu refuse to Contact as BillToContact
BillingAddress address -
BillingCity string(40) cu in BillingAddress
BillingCountry string(80) cu in BillingAddress
BillingGeocodeAccuracy picklist(40) cu restricted in BillingAddress : Address | NearAddress | Block | Street | ExtendedZip | Zip | Neighborhood | City | County | State | Unknown
BillingLatitude double(18,15) cu in BillingAddress
BillingLongitude double(18,15) cu in BillingAddress
BillingPostalCode string(20) cu in BillingAddress "Billing Zip/Postal Code"
BillingState string(80) cu in BillingAddress "Billing State/Province"
BillingStreet textarea(255) cu in BillingAddress
CompanyAuthorizedById reference cu to User as CompanyAuthorizedBy
CompanyAuthorizedDate date cu
ContractId reference cu to Contract as Contract
CustomerAuthorizedById reference cu refuse to Contact as CustomerAuthorizedBy
CustomerAuthorizedDate date cu
Description textarea(32000) cu unfilterable
EffectiveDate date cu required "Order Start Date"
EndDate date cu "Order End Date"
IsReductionOrder boolean c "Reduction Order"
LastReferencedDate datetime -
LastViewedDate datetime -
Name string(80) cu "Order Name"
OrderNumber string(30) - autoNumber idLookup
OrderReferenceNumber string(80) cu
OriginalOrderId reference c refuse to Order as OriginalOrder "Order ID"
OwnerId reference cu defaulted to Group,User as Owner
PoDate date cu "PO Date"
PoNumber string(80) cu "PO Number"
Pricebook2Id reference cu to Pricebook2 as Pricebook2 "Price Book ID"
RecordTypeId reference cu to RecordType as RecordType
ShipToContactId reference cu refuse to Contact as ShipToContact
ShippingAddress address -
ShippingCity string(40) cu in ShippingAddress
ShippingCountry string(80) cu in ShippingAddress
ShippingGeocodeAccuracy picklist(40) cu restricted in ShippingAddress : Address | NearAddress | Block | Street | ExtendedZip | Zip | Neighborhood | City | County | State | Unknown
ShippingLatitude double(18,15) cu in ShippingAddress
ShippingLongitude double(18,15) cu in ShippingAddress
ShippingPostalCode string(20) cu in ShippingAddress "Shipping Zip/Postal Code"
ShippingState string(80) cu in ShippingAddress "Shipping State/Province"
ShippingStreet textarea(255) cu in ShippingAddress
Status picklist(40) cu required : Draft | Activated
StatusCode picklist(40) - restricted "Status Category" : Draft | Activated | Canceled | Expired
TotalAmount currency(18,2) - calculated "Order Amount"
Type picklist(40) cu "Order Type"
> OrderItems OrderItem.OrderId
> Orders Order.OriginalOrderId
`;
