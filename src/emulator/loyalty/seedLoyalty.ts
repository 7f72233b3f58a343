import type { Store } from '../store/store.js';
import { seedJobDefinitions } from './batchJobs/jobDefinitions.js';

/**
 * Journal types are records of the org, not of a program. Every org has the first two. The others were seen in a demo
 * org, but for the last one, which is ours; actions and jobs make journals of them.
 */
const journalTypes = [
  'Accrual',
  'Redemption',
  'Accrual Reversal',
  'Redemption Reversal',
  'Manual Points Adjustment',
  'Points Transfer',
  'Points Expiration',
  'Qualifying Points Reset',
  'Points Reinstatement',
];
/** Type of the journals that referrals make, and the subtype of an advocate's first one, as the mobile SDK shows them. */
const referralJournals = { type: 'Referral', subType: 'Advocate Enrollment' };
/** Subtypes that an enrollment with journals looks for. An org creates them by hand; here they are there. */
const enrollmentSubTypes = ['Member Enrollment', 'Member Referral'];

/** What an org has once Loyalty Management is on. Only what is missing is added. */
export function seedLoyalty(store: Store): void {
  store.transaction(() => {
    for (const name of journalTypes) ensure(store, 'JournalType', { Name: name });
    seedReferrals(store);
    seedJobDefinitions(store);
    const accrual = store.first('JournalType', { Name: 'Accrual' });
    if (!accrual) return;
    for (const name of enrollmentSubTypes) ensure(store, 'JournalSubType', { Name: name, JournalTypeId: accrual.Id });
  });
}

function seedReferrals(store: Store): void {
  const { type: Name, subType } = referralJournals;
  const existing = store.first('JournalType', { Name });
  const id = existing?.Id ?? store.insert('JournalType', { Name, ProcessType: 'Referral' }, { as: 'org' });
  ensure(store, 'JournalSubType', { Name: subType, JournalTypeId: id });
}

function ensure(store: Store, objectName: string, values: Readonly<Record<string, string>>): void {
  if (!store.first(objectName, values)) store.insert(objectName, values, { as: 'org' });
}
