import { sObjectByName } from '../../contract/objects/index.js';
import { notFound, notImplemented } from '../orgRefusal.js';
import type { OrgRefusal } from '../orgRefusal.js';

/**
 * Standard objects that clients and tools are known to use but that this org does not have. Objects that a real org may
 * lack too are left out, such as `ScratchOrgInfo`, which the CLI uses to find out whether an org is a Dev Hub.
 */
const standardObjects: ReadonlySet<string> = new Set(
  [
    ...['PermissionSetGroupComponent', 'PermissionSetTabSetting', 'SetupEntityAccess'],
    ...['ObjectPermissions', 'FieldPermissions', 'CustomPermission', 'MutingPermissionSet', 'UserPermissionAccess'],
    ...['ApexClass', 'ApexTrigger', 'ApexPage', 'ApexComponent', 'ApexLog', 'AsyncApexJob', 'ApexTestResult'],
    ...['ApexTestQueueItem', 'ApexTestRunResult', 'CronTrigger', 'CronJobDetail', 'TraceFlag', 'StaticResource'],
    ...['AuraDefinitionBundle', 'AuraDefinition', 'EntityParticle'],
    ...['RelationshipDomain', 'RelationshipInfo', 'PicklistValueInfo', 'UserEntityAccess', 'UserFieldAccess'],
    ...['UserRole', 'UserLicense', 'UserLogin', 'UserPreference', 'GroupMember', 'QueueSobject', 'UserRecordAccess'],
    ...['LoginHistory', 'LoginIp', 'AuthSession', 'OauthToken', 'SetupAuditTrail', 'EventLogFile', 'UserAppInfo'],
    ...['ConnectedApplication', 'ExternalDataSource', 'NamedCredential', 'AuthProvider', 'SamlSsoConfig'],
    ...['FlowDefinitionView', 'FlowVersionView', 'FlowInterview', 'FlowRecord', 'ProcessDefinition', 'ProcessInstance'],
    ...['ProcessInstanceWorkitem', 'ProcessInstanceStep', 'BusinessProcess'],
    ...['AppMenuItem', 'AppDefinition', 'TabDefinition', 'CustomNotificationType', 'PlatformEventChannel'],
    ...['BusinessHours', 'Holiday', 'FiscalYearSettings', 'Period', 'CurrencyType', 'DatedConversionRate'],
    ...['EmailTemplate', 'EmailMessage', 'BrandTemplate', 'OrgWideEmailAddress'],
    ...['ContentWorkspace', 'ContentFolder', 'Note'],
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
    ...['MatchingRule', 'Task', 'Event', 'Lead', 'LeadStatus', 'OpportunityLineItem', 'Pricebook2'],
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
    ...['AccountBrand', 'AccountContactRole', 'AccountPartner', 'Partner', 'OpportunityContactRole', 'ContactRequest'],
    ...['CallCenter', 'DandBCompany', 'OpportunityHistory'],
    ...['OpportunityPartner', 'OpportunityCompetitor', 'OpportunityTeamMember', 'Quote', 'QuoteLineItem', 'WorkOrder'],
    ...['CaseContactRole', 'CaseTeamMember', 'CaseTeamRole', 'Entitlement', 'ServiceContract', 'ContractLineItem'],
    ...['ServiceResource', 'ServiceAppointment', 'ServiceTerritory', 'OperatingHours', 'WorkType', 'WorkOrderLineItem'],
    ...[
      'ContactPointAddress',
      'ContactPointConsent',
      'ContactPointEmail',
      'ContactPointPhone',
      'ContactPointTypeConsent',
    ],
    ...['PartyConsent', 'AuthorizationForm', 'AuthorizationFormConsent', 'CommSubscription', 'CommSubscriptionConsent'],
    ...['Territory2', 'Territory2Model', 'UserTerritory2Association', 'ObjectTerritory2Association', 'OrderItemGroup'],
    ...['KnowledgeArticle', 'KnowledgeArticleVersion', 'Knowledge__kav', 'LiveChatTranscript', 'MessagingSession'],
    ...['CreditMemo', 'Invoice', 'Payment', 'PaymentMethod', 'Refund', 'ReturnOrder', 'Shipment', 'FulfillmentOrder'],
    ...[
      'EventRelation',
      'TaskRelation',
      'OpenActivity',
      'ActivityHistory',
      'EntitySubscription',
      'EmailMessageRelation',
    ],
  ].map((name) => name.toLowerCase()),
);

/** `AccountHistory`, `VoucherShare`: what an org keeps beside an object. Which objects have which is not looked into. */
const beside = /^(\w+?)(?:History|Share|Feed|ChangeEvent)$/i;

/** Does an org have the object? It may still be one of this org: ask for that first. */
export function isStandardObject(name: string): boolean {
  const of = beside.exec(name)?.[1];
  return standardObjects.has(name.toLowerCase()) || (of !== undefined && sObjectByName(of) !== undefined);
}

/** Returns the error for an object that this org does not have: 404, or 501 if a real org has it. */
export function absentObject(name: string): OrgRefusal {
  return isStandardObject(name) ? notImplemented(`the object ${name}`) : notFound();
}
