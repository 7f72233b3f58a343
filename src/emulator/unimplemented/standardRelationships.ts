import { notImplemented } from '../orgRefusal.js';
import type { OrgRefusal } from '../orgRefusal.js';

/** Names by which an org walks from a record to children of objects that this org does not have. */
const children = [
  ...['ActivityHistories', 'AttachedContentDocuments', 'Attachments', 'CombinedAttachments', 'ContentDocumentLinks'],
  ...['DuplicateRecordItems', 'EmailMessages', 'EmailStatuses', 'Emails', 'Events', 'FeedSubscriptionsForEntity'],
  ...['Feeds', 'Histories', 'Notes', 'NotesAndAttachments', 'OpenActivities', 'ProcessInstances', 'ProcessSteps'],
  ...['RecordActions', 'RecordAssociatedGroups', 'Shares', 'Tasks', 'TopicAssignments', 'EventRelations'],
  ...[
    'AccountContactRelations',
    'AccountContactRoles',
    'AccountPartnersFrom',
    'AccountPartnersTo',
    'AccountTeamMembers',
  ],
  ...['CampaignMembers', 'CaseComments', 'CaseContactRoles', 'Contracts', 'ContactPointEmails', 'ContactPointPhones'],
  ...['OpportunityContactRoles', 'OpportunityLineItems', 'OpportunityHistories', 'PricebookEntries', 'TeamMembers'],
  ...['GroupMembers', 'UserPreferences', 'Entitlements'],
  ...['ServiceAppointments', 'ServiceContracts', 'WorkOrders', 'Quotes', 'ConnectedApplications', 'Steps', 'Workitems'],
];

/** Names by which an org walks to a parent of such an object. */
const parents = ['UserRole', 'Pricebook2', 'PricebookEntry', 'Individual', 'Contract', 'UserLicense'];

const known = new Set([...children, ...parents].map((name) => name.toLowerCase()));

/** What to say of a relationship that this org does not have; undefined for one that no org has. */
export function absentRelationship(name: string): OrgRefusal | undefined {
  return known.has(name.toLowerCase()) ? notImplemented(`the relationship ${name}`) : undefined;
}
