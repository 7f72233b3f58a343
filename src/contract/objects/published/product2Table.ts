// Written by `npm run business-objects`. Corrections belong into the definition that reads it.
export const product2Table = `
Description textarea(4000) cu "Product Description"
DisplayUrl url(1000) cu "Display URL"
ExternalDataSourceId reference cu to ExternalDataSource
ExternalId string(255) cu
Family picklist(255) cu "Product Family" : None
IsActive boolean cu "Active"
IsArchived boolean - "Archived"
LastReferencedDate datetime -
LastViewedDate datetime -
Name string(255) cu required "Product Name"
ProductClass picklist(40) - restricted default=Simple : Simple | VariationParent | Variation | Bundle | Set
ProductCode string(255) cu
QuantityUnitOfMeasure picklist(255) cu : Each
StockKeepingUnit string(180) cu "Product SKU"
Type picklist(40) c "Product Type" : Base | Bundle | Set
> Assets Asset.Product2Id
`;
