import { randomInt } from 'node:crypto';
import { countOf, toRecordId } from '../store/ids/idSequence.js';
import type { Store } from '../store/store.js';

/** The user that integrations log in as unless they name another one. */
export const integrationUserId = toRecordId('005', 1);
const profileId = toRecordId('00e', 1);

/** Above what `randomInt` draws from. */
const organizations = 2 ** 48 - 1;

/**
 * What every org has from the start: itself, a profile, and one user. Only what is missing is added.
 * @returns the org's Id. A new org has one of its own, and so have its records, because clients keep by Ids what they
 * know of an org: the outbox of an org that was forgotten would take for done what the next one has never seen.
 */
export function seedPlatform(store: Store, username?: string): { organizationId: string } {
  const organizationId = store.first('Organization', {})?.Id ?? toRecordId('00D', randomInt(1, organizations));
  const seeds = [
    ['Organization', organizationId, organization],
    ['Profile', profileId, { Name: 'System Administrator', UserType: 'Standard' }],
    ['User', integrationUserId, integrationUser],
  ] as const;
  for (const [objectName, id, values] of seeds) {
    if (!store.get(objectName, id)) store.put(objectName, id, values);
  }
  store.countIdsFrom(countOf(organizationId));
  if (username !== undefined) store.put('User', integrationUserId, { Username: username });
  return { organizationId };
}

/** A user of that name, like the first one in all else. @returns its id; @throws ApiError for a name that is none */
export function addUser(store: Store, username: string): string {
  return store.insert('User', { ...integrationUser, Username: username }, { as: 'org' });
}

const organization = {
  Name: 'Local Loyalty Org',
  InstanceName: 'LOCAL',
  // A sandbox, so that a tool that asks before touching production does not ask here.
  IsSandbox: true,
  OrganizationType: 'Enterprise Edition',
  DefaultLocaleSidKey: 'en_US',
  LanguageLocaleKey: 'en_US',
  TimeZoneSidKey: 'GMT',
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
