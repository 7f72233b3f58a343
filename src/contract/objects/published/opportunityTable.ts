// Written by `npm run business-objects`. Corrections belong into the definition that reads it.
export const opportunityTable = `
AccountId reference cu cascade to Account as Account
Amount currency(18,2) cu
CampaignId reference cu to Campaign as Campaign
CloseDate date cu required
ContactId reference c to Contact
Description textarea(32000) cu unfilterable
ExpectedRevenue currency(18,2) - "Expected Amount"
Fiscal string(6) - "Fiscal Period"
FiscalQuarter int(8) - in Fiscal
FiscalYear int(8) - in Fiscal
ForecastCategory picklist(40) - restricted : Omitted | Pipeline | BestCase | MostLikely | Forecast | Closed
ForecastCategoryName picklist(255) cu restricted "Forecast Category" : Omitted | Pipeline | Best Case | Commit | Closed
HasOpenActivity boolean - unfilterable
HasOpportunityLineItem boolean - "Has Line Item"
HasOverdueTask boolean - unfilterable
IsClosed boolean - "Closed"
IsPrivate boolean cu "Private"
IsWon boolean - "Won"
LastActivityDate date - "Last Activity"
LastAmountChangedHistoryId reference - to OpportunityHistory as LastAmountChangedHistory "Opportunity History ID"
LastCloseDateChangedHistoryId reference - to OpportunityHistory as LastCloseDateChangedHistory "Opportunity History ID"
LastReferencedDate datetime -
LastStageChangeDate datetime -
LastViewedDate datetime -
LeadSource picklist(255) cu : Web | Phone Inquiry | Partner Referral | Purchased List | Other
Name string(120) cu required idLookup
NextStep string(255) cu
OwnerId reference cu defaulted to User as Owner
Pricebook2Id reference cu defaulted to Pricebook2 as Pricebook2 "Price Book ID"
Probability percent(3,0) cu "Probability (%)"
PushCount int(8) -
RecordTypeId reference cu to RecordType as RecordType
StageName picklist(255) cu required "Stage" : Prospecting | Qualification | Needs Analysis | Value Proposition | Id. Decision Makers | Perception Analysis | Proposal/Price Quote | Negotiation/Review | Closed Won | Closed Lost
TotalOpportunityQuantity double(18,2) cu "Quantity"
Type picklist(255) cu "Opportunity Type" : Existing Customer - Upgrade | Existing Customer - Replacement | Existing Customer - Downgrade | New Customer
`;
