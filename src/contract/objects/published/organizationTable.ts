// Written by `npm run business-objects`. Corrections belong into the definition that reads it.
export const organizationTable = `
Address address -
City string(40) - in Address
ComplianceBccEmail email(80) - "Compliance BCC Email"
Country string(80) - in Address
DefaultAccountAccess picklist(40) - restricted : None | Read | Edit | ControlledByLeadOrContact | ControlledByCampaign
DefaultCalendarAccess picklist(40) - restricted : HideDetails | HideDetailsInsert | ShowDetails | ShowDetailsInsert | AllowEdits
DefaultCampaignAccess picklist(40) - restricted : None | Read | Edit | All
DefaultCaseAccess picklist(40) - restricted : None | Read | Edit | ReadEditTransfer
DefaultContactAccess picklist(40) - restricted : None | Read | Edit | ControlledByParent
DefaultLeadAccess picklist(40) - restricted : None | Read | Edit | ReadEditTransfer
DefaultLocaleSidKey picklist(40) - "Locale"
DefaultOpportunityAccess picklist(40) - restricted : None | Read | Edit | ControlledByLeadOrContact | ControlledByCampaign
DefaultPricebookAccess picklist(40) - restricted "Default Price Book Access" : None | Read | ReadSelect
Division string(80) -
Fax phone(40) -
FiscalYearStartMonth int(9) - "Fiscal Year Starts In"
GeocodeAccuracy picklist(40) - restricted in Address : Address | NearAddress | Block | Street | ExtendedZip | Zip | Neighborhood | City | County | State | Unknown
InstanceName string(5) -
IsReadOnly boolean -
IsSandbox boolean -
LanguageLocaleKey picklist(40) - restricted "Language" : en_US | de | es | fr | it | ja | sv | ko | zh_TW | zh_CN | pt_BR | nl_NL | da | th | fi | ru | es_MX | no
Latitude double(18,15) - in Address
Longitude double(18,15) - in Address
MonthlyPageViewsEntitlement int(9) - "Monthly Page Views Allowed"
MonthlyPageViewsUsed int(9) -
Name string(80) -
NamespacePrefix string(15) -
NumKnowledgeService int(9) - "Knowledge Licenses"
OrganizationType picklist(40) - restricted "Edition" : Team Edition | Professional Edition | Enterprise Edition | Developer Edition | Personal Edition | Unlimited Edition | Contact Manager Edition | Base Edition
Phone phone(40) -
PostalCode string(20) - in Address "Zip/Postal Code"
PreferencesAutoSelectIndividualOnMerge boolean - "AutoSelectIndividualOnMerge"
PreferencesConsentManagementEnabled boolean - "ConsentManagementEnabled"
PreferencesLightningLoginEnabled boolean - "LightningLoginEnabled"
PreferencesOnlyLLPermUserAllowed boolean - "OnlyLLPermUserAllowed"
PreferencesRequireOpportunityProducts boolean - "RequireOpportunityProducts"
PreferencesTransactionSecurityPolicy boolean - "TransactionSecurityPolicy"
PrimaryContact string(80) -
ReceivesAdminInfoEmails boolean - "Info Emails Admin"
ReceivesInfoEmails boolean - "Info Emails"
SignupCountryIsoCode string(2) - "Signup Country"
State string(80) - in Address "State/Province"
Street textarea(255) - in Address
TimeZoneSidKey picklist(40) - "Time Zone"
TrialExpirationDate datetime -
UiSkin picklist(40) - restricted "UI Skin" : Theme1 | Theme2 | PortalDefault | Webstore | Theme3
UsesStartDateAsFiscalYearName boolean - "Fiscal Year Name by Start"
WebToCaseDefaultOrigin string(40) - "Web to Cases Default Origin"
`;
