// Written by `npm run business-objects`. Corrections belong into the definition that reads it.
export const assetTable = `
AccountId reference cu cascade to Account as Account
Address address -
AssetLevel int(9) -
AssetProvidedById reference cu to Account as AssetProvidedBy
AssetServicedById reference cu to Account as AssetServicedBy
City string(40) cu in Address
ContactId reference cu cascade to Contact as Contact
Country string(80) cu in Address
CurrentAmount currency(18,2) -
CurrentLifecycleEndDate datetime -
CurrentMrr currency(18,2) - "Current Monthly Recurring Revenue"
CurrentQuantity double(18,2) -
Description textarea(32000) cu unfilterable
GeocodeAccuracy picklist(40) cu restricted in Address : Address | NearAddress | Block | Street | ExtendedZip | Zip | Neighborhood | City | County | State | Unknown
HasLifecycleManagement boolean - "Lifecycle-managed asset"
InstallDate date cu
IsCompetitorProduct boolean cu "Competitor Asset"
IsInternal boolean cu "Internal Asset"
LastReferencedDate datetime -
LastViewedDate datetime -
Latitude double(18,15) cu in Address
LifecycleEndDate datetime -
LifecycleStartDate datetime -
Longitude double(18,15) cu in Address
Name string(255) cu required "Asset Name"
OwnerId reference cu defaulted to User as Owner
ParentId reference cu to Asset as Parent "Parent Asset ID"
PostalCode string(20) cu in Address
Price currency(18,0) cu
Product2Id reference cu refuse to Product2 as Product2 "Product ID"
ProductCode string(255) -
PurchaseDate date cu
Quantity double(12,2) cu
RecordTypeId reference cu to RecordType as RecordType
RootAssetId reference - to Asset as RootAsset
SerialNumber string(80) cu
State string(80) cu in Address
Status picklist(40) cu : Shipped | Installed | Registered | Obsolete | Purchased
StockKeepingUnit string(180) - "Product SKU"
Street textarea(255) cu in Address
TotalLifecycleAmount currency(18,2) -
UsageEndDate date cu
> Cases Case.AssetId
> ChildAssets Asset.ParentId
`;
