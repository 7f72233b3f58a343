// Written by `npm run business-objects`. Corrections belong into the definition that reads it.
export const accountTable = `
AccountNumber string(40) cu
AccountSource picklist(40) cu : Web | Phone Inquiry | Partner Referral | Purchased List | Other
AnnualRevenue currency(18,0) cu
BillingAddress address -
BillingCity string(40) cu in BillingAddress
BillingCountry string(80) cu in BillingAddress
BillingGeocodeAccuracy picklist(40) cu restricted in BillingAddress : Address | NearAddress | Block | Street | ExtendedZip | Zip | Neighborhood | City | County | State | Unknown
BillingLatitude double(18,15) cu in BillingAddress
BillingLongitude double(18,15) cu in BillingAddress
BillingPostalCode string(20) cu in BillingAddress "Billing Zip/Postal Code"
BillingState string(80) cu in BillingAddress "Billing State/Province"
BillingStreet textarea(255) cu in BillingAddress
ChannelProgramLevelName string(255) - unfilterable
ChannelProgramName string(255) - unfilterable
CleanStatus picklist(40) cu restricted : Matched | Different | Acknowledged | NotFound | Inactive | Pending | SelectMatch | Skipped
DandbCompanyId reference cu to DandBCompany as DandbCompany "D&B Company ID"
Description textarea(32000) cu unfilterable "Account Description"
DunsNumber string(9) cu "D-U-N-S Number"
Fax phone(40) cu "Account Fax"
Industry picklist(40) cu : Agriculture | Apparel | Banking | Biotechnology | Chemicals | Communications | Construction | Consulting | Education | Electronics | Energy | Engineering | Entertainment | Environmental | Finance | Food & Beverage | Government | Healthcare | Hospitality | Insurance | Machinery | Manufacturing | Media | Not For Profit | Recreation | Retail | Shipping | Technology | Telecommunications | Transportation | Utilities | Other
IsCustomerPortal boolean u "Customer Portal Account"
IsPartner boolean u "Partner Account"
Jigsaw string(20) cu "Data.com Key"
JigsawCompanyId string(20) -
LastActivityDate date - "Last Activity"
LastReferencedDate datetime -
LastViewedDate datetime -
MasterRecordId reference - to Account as MasterRecord
NaicsCode string(8) cu "NAICS Code"
NaicsDesc string(120) cu "NAICS Description"
Name string(255) cu required in Name "Account Name"
NumberOfEmployees int(8) cu "Employees"
OperatingHoursId reference cu to OperatingHours as OperatingHours "Operating Hour ID"
OwnerId reference cu defaulted to User as Owner
Ownership picklist(40) cu : Public | Private | Subsidiary | Other
ParentId reference cu to Account as Parent "Parent Account ID"
PersonAssistantName string(40) cu "Assistant's Name"
PersonAssistantPhone phone(40) cu "Asst. Phone"
PersonBirthdate date cu
PersonDepartment string(80) cu
PersonDoNotCall boolean cu
PersonEmail email(80) cu
PersonEmailBouncedDate datetime cu
PersonEmailBouncedReason string(255) cu
PersonHasOptedOutOfEmail boolean cu
PersonHasOptedOutOfFax boolean cu
PersonHomePhone phone(40) cu
PersonIndividualId reference cu to Individual as PersonIndividual
PersonLastCURequestDate datetime - "Last Stay-in-Touch Request Date"
PersonLastCUUpdateDate datetime - "Last Stay-in-Touch Save Date"
PersonLeadSource picklist(255) cu : Web | Phone Inquiry | Partner Referral | Purchased List | Other
PersonMailingAddress address -
PersonMailingCity string(40) cu in PersonMailingAddress
PersonMailingCountry string(80) cu in PersonMailingAddress
PersonMailingGeocodeAccuracy picklist(40) cu restricted in PersonMailingAddress : Address | NearAddress | Block | Street | ExtendedZip | Zip | Neighborhood | City | County | State | Unknown
PersonMailingLatitude double(18,15) cu in PersonMailingAddress
PersonMailingLongitude double(18,15) cu in PersonMailingAddress
PersonMailingPostalCode string(20) cu in PersonMailingAddress "Mailing Zip/Postal Code"
PersonMailingState string(80) cu in PersonMailingAddress "Mailing State/Province"
PersonMailingStreet textarea(255) cu in PersonMailingAddress
PersonMobilePhone phone(40) cu
PersonOtherAddress address -
PersonOtherCity string(40) cu in PersonOtherAddress
PersonOtherCountry string(80) cu in PersonOtherAddress
PersonOtherGeocodeAccuracy picklist(40) cu restricted in PersonOtherAddress : Address | NearAddress | Block | Street | ExtendedZip | Zip | Neighborhood | City | County | State | Unknown
PersonOtherLatitude double(18,15) cu in PersonOtherAddress
PersonOtherLongitude double(18,15) cu in PersonOtherAddress
PersonOtherPhone phone(40) cu
PersonOtherPostalCode string(20) cu in PersonOtherAddress "Other Zip/Postal Code"
PersonOtherState string(80) cu in PersonOtherAddress "Other State/Province"
PersonOtherStreet textarea(255) cu in PersonOtherAddress
PersonTitle string(128) cu
Phone phone(40) cu "Account Phone"
PhotoUrl url(255) - "Photo URL"
Rating picklist(40) cu "Account Rating" : Hot | Warm | Cold
RecordTypeId reference cu to RecordType as RecordType
ShippingAddress address -
ShippingCity string(40) cu in ShippingAddress
ShippingCountry string(80) cu in ShippingAddress
ShippingGeocodeAccuracy picklist(40) cu restricted in ShippingAddress : Address | NearAddress | Block | Street | ExtendedZip | Zip | Neighborhood | City | County | State | Unknown
ShippingLatitude double(18,15) cu in ShippingAddress
ShippingLongitude double(18,15) cu in ShippingAddress
ShippingPostalCode string(20) cu in ShippingAddress "Shipping Zip/Postal Code"
ShippingState string(80) cu in ShippingAddress "Shipping State/Province"
ShippingStreet textarea(255) cu in ShippingAddress
Sic string(20) cu "SIC Code"
SicDesc string(80) cu "SIC Description"
Site string(80) cu "Account Site"
TickerSymbol string(20) cu
Tradestyle string(255) cu
Type picklist(40) cu "Account Type" : Prospect | Customer - Direct | Customer - Channel | Channel Partner / Reseller | Installation Partner | Technology Partner | Other
Website url(255) cu
YearStarted string(4) cu
> Assets Asset.AccountId
> Cases Case.AccountId
> ChildAccounts Account.ParentId
> Contacts Contact.AccountId
> Opportunities Opportunity.AccountId
> Orders Order.AccountId
> ProvidedAssets Asset.AssetProvidedById
> ServicedAssets Asset.AssetServicedById
> Users User.AccountId
`;
