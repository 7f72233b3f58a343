import { randomInt } from 'node:crypto';
import { countOf, toRecordId } from '../store/ids/idSequence.js';
import type { Store } from '../store/store.js';

/** The default user for integrations that log in. */
export const integrationUserId = toRecordId('005', 1);
const profileId = toRecordId('00e', 1);
const licenseId = toRecordId('0PL', 1);

/** Exclusive upper bound for `randomInt`. */
const organizations = 2 ** 48 - 1;

/**
 * Adds the records that every org has from the start, if they are missing: the organization, a profile, one user and the
 * license of Loyalty Management. The organization has the time zone of the org's settings.
 *
 * @returns the org's Id. Each new org gets a new Id, and its records get new Ids too, because clients store what they
 *   know about an org by Ids. With repeated Ids, the outbox of a deleted org would count items as done in the next one.
 */
export function seedPlatform(
  store: Store,
  { username, timeZone }: { readonly username?: string | undefined; readonly timeZone: string },
): { organizationId: string } {
  const organizationId = store.first('Organization', {})?.Id ?? toRecordId('00D', randomInt(1, organizations));
  const seeds = [
    ['Organization', organizationId, organization],
    ['Profile', profileId, { Name: 'System Administrator', UserType: 'Standard' }],
    ['User', integrationUserId, integrationUser],
    ['PermissionSetLicense', licenseId, loyaltyLicense],
  ] as const;
  for (const [objectName, id, values] of seeds) {
    if (!store.get(objectName, id)) store.put(objectName, id, values);
  }
  store.countIdsFrom(countOf(organizationId));
  setTimeZone(store, organizationId, timeZone === 'UTC' ? 'GMT' : timeZone);
  if (username !== undefined) store.put('User', integrationUserId, { Username: username });
  return { organizationId };
}

function setTimeZone(store: Store, organizationId: string, zone: string): void {
  if (store.get('Organization', organizationId)?.['TimeZoneSidKey'] === zone) return;
  store.put('Organization', organizationId, { TimeZoneSidKey: zone });
}

/**
 * Adds a user with the given name. All other fields are those of the first user.
 *
 * @returns the user's id
 * @throws {OrgRefusal} when the name is not a valid username
 */
export function addUser(store: Store, username: string): string {
  return store.insert('User', { ...integrationUser, Username: username }, { as: 'org' });
}

const organization = {
  Name: 'Local Loyalty Org',
  InstanceName: 'LOCAL',
  // The org is a sandbox, so tools that ask for confirmation in production do not ask here.
  IsSandbox: true,
  OrganizationType: 'Enterprise Edition',
  DefaultLocaleSidKey: 'en_US',
  LanguageLocaleKey: 'en_US',
  TimeZoneSidKey: 'GMT',
};

/** The names were seen in orgs. Any number of users can have it. */
const loyaltyLicense = {
  DeveloperName: 'LoyaltyManagementPsl',
  MasterLabel: 'Loyalty Management',
  Status: 'Active',
};

const integrationUser = {
  Username: 'integration@loyalty.example',
  FirstName: 'Integration',
  LastName: 'User',
  Alias: 'integr',
  Email: 'integration@loyalty.example',
  EmailEncodingKey: 'UTF-8',
  LanguageLocaleKey: 'en_US',
  LocaleSidKey: 'en_US',
  TimeZoneSidKey: 'GMT',
  ProfileId: profileId,
  UserType: 'Standard',
  IsActive: true,
};
