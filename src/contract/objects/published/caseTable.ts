// Written by `npm run business-objects`. Corrections belong into the definition that reads it.
export const caseTable = `
AccountId reference cu refuse to Account as Account
AssetId reference cu refuse to Asset as Asset
CaseNumber string(30) - idLookup autoNumber
ClosedDate datetime -
Comments textarea(4000) cu "Internal Comments"
ContactEmail email(80) -
ContactFax phone(40) -
ContactId reference cu refuse to Contact as Contact
ContactMobile phone(40) -
ContactPhone phone(40) -
Description textarea(32000) cu unfilterable
IsClosed boolean - "Closed"
IsClosedOnCreate boolean -
IsEscalated boolean cu "Escalated"
LastReferencedDate datetime -
LastViewedDate datetime -
MasterRecordId reference - to Case as MasterRecord
Origin picklist(40) cu "Case Origin" : Phone | Email | Web
OwnerId reference cu defaulted to Group,User as Owner
ParentId reference cu to Case as Parent "Parent Case ID"
Priority picklist(40) cu default=Medium : High | Medium | Low
Reason picklist(40) cu "Case Reason" : Installation | Equipment Complexity | Performance | Breakdown | Equipment Design | Feedback | Other
RecordTypeId reference cu to RecordType as RecordType
SourceId reference c to EmailMessage,MessagingSession as Source "Case Source ID"
Status picklist(40) cu default=New : New | Working | Escalated | Closed
Subject string(255) cu
SuppliedCompany string(80) cu "Company"
SuppliedEmail email(80) cu "Email Address"
SuppliedName string(80) cu "Name"
SuppliedPhone string(40) cu "Phone"
Type picklist(40) cu "Case Type" : Mechanical | Electrical | Electronic | Structural | Other
> Cases Case.ParentId
`;
