// Written by `npm run business-objects`. Corrections belong into the definition that reads it.
export const campaignTable = `
ActualCost currency(18,0) cu "Actual Cost in Campaign"
AmountAllOpportunities currency(18,0) - default=0 "Value Opportunities in Campaign"
AmountWonOpportunities currency(18,0) - default=0 "Value Won Opportunities in Campaign"
BudgetedCost currency(18,0) cu "Budgeted Cost in Campaign"
CampaignImageId reference cu to ContentDocument "ContentDocument ID"
CampaignMemberRecordTypeId reference cu to RecordType as CampaignMemberRecordType "Record Type ID"
Description textarea(32000) cu unfilterable
EndDate date cu
ExpectedResponse percent(8,2) cu "Expected Response (%)"
ExpectedRevenue currency(18,0) cu "Expected Revenue in Campaign"
HierarchyActualCost currency(18,0) -
HierarchyAmountAllOpportunities currency(18,0) -
HierarchyAmountWonOpportunities currency(18,0) -
HierarchyBudgetedCost currency(18,0) -
HierarchyExpectedRevenue currency(18,0) -
HierarchyNumberOfContacts int(8) -
HierarchyNumberOfConvertedLeads int(8) -
HierarchyNumberOfLeads int(8) -
HierarchyNumberOfOpportunities int(8) -
HierarchyNumberOfResponses int(8) -
HierarchyNumberOfWonOpportunities int(8) -
HierarchyNumberSent double(18,0) -
IsActive boolean cu "Active"
LastActivityDate date - "Last Activity"
LastReferencedDate datetime -
LastViewedDate datetime -
Name string(80) cu required
NumberOfContacts int(8) - default=0 "Contacts in Campaign"
NumberOfConvertedLeads int(8) - default=0 "Converted Leads in Campaign"
NumberOfLeads int(8) - default=0 "Leads in Campaign"
NumberOfOpportunities int(8) - default=0 "Opportunities in Campaign"
NumberOfResponses int(8) - default=0 "Responses in Campaign"
NumberOfWonOpportunities int(8) - default=0 "Won Opportunities in Campaign"
NumberSent double(18,0) cu "Num Sent in Campaign"
OwnerId reference cu defaulted to User as Owner
ParentId reference cu to Campaign as Parent "Parent Campaign ID"
RecordTypeId reference cu to RecordType as RecordType
StartDate date cu
Status picklist(40) cu : Planned | In Progress | Completed | Aborted
Type picklist(40) cu : Conference | Webinar | Trade Show | Public Relations | Partners | Referral Program | Advertisement | Banner Ads | Direct Mail | Email | Telemarketing | Other
> ChildCampaigns Campaign.ParentId
> Opportunities Opportunity.CampaignId
`;
