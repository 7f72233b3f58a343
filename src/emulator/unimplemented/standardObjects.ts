import { type ApiError, notFound, notImplemented } from '../apiError.js';

/**
 * Standard objects that clients and tools are known to use but that this org does not have. Objects that a real org may
 * lack too are left out, such as `ScratchOrgInfo`, which the CLI uses to find out whether an org is a Dev Hub.
 */
const standardObjects: ReadonlySet<string> = new Set(
  [
    ...['PermissionSet', 'PermissionSetAssignment', 'PermissionSetGroup', 'PermissionSetGroupComponent'],
    ...['PermissionSetLicense', 'PermissionSetLicenseAssign', 'PermissionSetTabSetting', 'SetupEntityAccess'],
    ...['ObjectPermissions', 'FieldPermissions', 'CustomPermission', 'MutingPermissionSet', 'UserPermissionAccess'],
    ...['ApexClass', 'ApexTrigger', 'ApexPage', 'ApexComponent', 'ApexLog', 'AsyncApexJob', 'ApexTestResult'],
    ...['ApexTestQueueItem', 'ApexTestRunResult', 'CronTrigger', 'CronJobDetail', 'TraceFlag', 'StaticResource'],
    ...['AuraDefinitionBundle', 'AuraDefinition', 'EntityDefinition', 'FieldDefinition', 'EntityParticle'],
    ...['RelationshipDomain', 'RelationshipInfo', 'PicklistValueInfo', 'UserEntityAccess', 'UserFieldAccess'],
    ...['UserRole', 'UserLicense', 'UserLogin', 'UserPreference', 'GroupMember', 'QueueSobject', 'UserRecordAccess'],
    ...['LoginHistory', 'LoginIp', 'AuthSession', 'OauthToken', 'SetupAuditTrail', 'EventLogFile', 'UserAppInfo'],
    ...['ConnectedApplication', 'ExternalDataSource', 'NamedCredential', 'AuthProvider', 'SamlSsoConfig'],
    ...['FlowDefinitionView', 'FlowVersionView', 'FlowInterview', 'FlowRecord', 'ProcessDefinition', 'ProcessInstance'],
    ...['ProcessInstanceWorkitem', 'ProcessInstanceStep', 'BusinessProcess', 'ListView', 'RecentlyViewed'],
    ...['AppMenuItem', 'AppDefinition', 'TabDefinition', 'CustomNotificationType', 'PlatformEventChannel'],
    ...['BusinessHours', 'Holiday', 'FiscalYearSettings', 'Period', 'CurrencyType', 'DatedConversionRate'],
    ...['EmailTemplate', 'EmailMessage', 'BrandTemplate', 'OrgWideEmailAddress', 'Folder', 'Document', 'Attachment'],
    ...['ContentVersion', 'ContentDocument', 'ContentDocumentLink', 'ContentWorkspace', 'ContentFolder', 'Note'],
    ...[
      'FeedItem',
      'FeedComment',
      'CollaborationGroup',
      'Topic',
      'TopicAssignment',
      'Network',
      'NetworkMember',
      'Site',
    ],
    ...['Report', 'Dashboard', 'DashboardComponent', 'DuplicateRule', 'DuplicateRecordSet', 'DuplicateRecordItem'],
    ...['MatchingRule', 'Task', 'Event', 'Lead', 'LeadStatus', 'OpportunityLineItem', 'OpportunityStage', 'Pricebook2'],
    ...['PricebookEntry', 'Contract', 'Individual', 'AccountContactRelation', 'AccountTeamMember', 'CampaignMember'],
    ...['CaseComment', 'CaseStatus', 'Solution', 'Idea', 'Location', 'Address', 'WebStore', 'Publisher'],
    ...[
      'InstalledSubscriberPackage',
      'PackageLicense',
      'Domain',
      'DomainSite',
      'OrgDeleteRequest',
      'DataUseLegalBasis',
    ],
    ...[
      'AccountShare',
      'ContactShare',
      'AccountHistory',
      'ContactHistory',
      'OrderHistory',
      'LoyaltyProgramMemberHistory',
    ],
    ...['LoyaltyProgramMemberShare', 'TransactionJournalHistory', 'TransactionJournalShare', 'VoucherHistory'],
  ].map((name) => name.toLowerCase()),
);

/** Whether a real org has the object. Check first whether this org has it. */
export function isStandardObject(name: string): boolean {
  return standardObjects.has(name.toLowerCase());
}

/** Returns the error for an object that this org does not have: 404, or 501 if a real org has it. */
export function absentObject(name: string): ApiError {
  return isStandardObject(name) ? notImplemented(`the object ${name}`) : notFound();
}
