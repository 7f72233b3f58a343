// Written by `npm run business-objects`. Corrections belong into the definition that reads it.
export const contactTable = `
AccountId reference cu cascade to Account as Account
AssistantName string(40) cu "Assistant's Name"
AssistantPhone phone(40) cu "Asst. Phone"
Birthdate date cu
CleanStatus picklist(40) cu restricted : Matched | Different | Acknowledged | NotFound | Inactive | Pending | SelectMatch | Skipped
ContactSource picklist(40) - "Creation Source" : Auto Create
Department string(80) cu
Description textarea(32000) cu unfilterable "Contact Description"
DoNotCall boolean cu
Email email(80) cu idLookup
EmailBouncedDate datetime cu
EmailBouncedReason string(255) cu
Fax phone(40) cu "Business Fax"
FirstName string(40) cu in Name
HasOptedOutOfEmail boolean cu "Email Opt Out"
HasOptedOutOfFax boolean cu "Fax Opt Out"
HomePhone phone(40) cu
IndividualId reference cu to Individual as Individual
IsEmailBounced boolean -
IsPriorityRecord boolean - unfilterable "Important"
Jigsaw string(20) cu "Data.com Key"
JigsawContactId string(20) -
LastActivityDate date - "Last Activity"
LastCURequestDate datetime - "Last Stay-in-Touch Request Date"
LastCUUpdateDate datetime - "Last Stay-in-Touch Save Date"
LastName string(80) cu required in Name
LastReferencedDate datetime -
LastViewedDate datetime -
LeadSource picklist(255) cu : Web | Phone Inquiry | Partner Referral | Purchased List | Other
MailingAddress address -
MailingCity string(40) cu in MailingAddress
MailingCountry string(80) cu in MailingAddress
MailingGeocodeAccuracy picklist(40) cu restricted in MailingAddress : Address | NearAddress | Block | Street | ExtendedZip | Zip | Neighborhood | City | County | State | Unknown
MailingLatitude double(18,15) cu in MailingAddress
MailingLongitude double(18,15) cu in MailingAddress
MailingPostalCode string(20) cu in MailingAddress "Mailing Zip/Postal Code"
MailingState string(80) cu in MailingAddress "Mailing State/Province"
MailingStreet textarea(255) cu in MailingAddress
MasterRecordId reference - to Contact as MasterRecord
MobilePhone phone(40) cu
Name string(121) - "Full Name"
OtherAddress address -
OtherCity string(40) cu in OtherAddress
OtherCountry string(80) cu in OtherAddress
OtherGeocodeAccuracy picklist(40) cu restricted in OtherAddress : Address | NearAddress | Block | Street | ExtendedZip | Zip | Neighborhood | City | County | State | Unknown
OtherLatitude double(18,15) cu in OtherAddress
OtherLongitude double(18,15) cu in OtherAddress
OtherPhone phone(40) cu
OtherPostalCode string(20) cu in OtherAddress "Other Zip/Postal Code"
OtherState string(80) cu in OtherAddress "Other State/Province"
OtherStreet textarea(255) cu in OtherAddress
OwnerId reference cu defaulted to User as Owner
Phone phone(40) cu "Business Phone"
PhotoUrl url(255) - "Photo URL"
RecordTypeId reference cu to RecordType as RecordType
ReportsToId reference cu to Contact as ReportsTo
Salutation picklist(40) cu in Name : Mr. | Ms. | Mrs. | Dr. | Prof. | Mx.
Title string(128) cu
> Assets Asset.ContactId
> Cases Case.ContactId
> Opportunities Opportunity.ContactId
> Users User.ContactId
`;
