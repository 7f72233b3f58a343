import type { SyncReport } from '../../../src/sync/index.js';
import { ok } from './answers.js';
import type { StoredJournal } from './tables.js';
import type { World } from './world.js';

/** A person deletes the journal. Returns it, so that it can be restored from the recycle bin. */
export function deleteJournal({ org: { tables } }: World, number: string): StoredJournal {
  const at = tables.journals.findIndex((journal) => journal.number === number);
  const [journal] = tables.journals.splice(at, 1);
  if (!journal) throw new Error(`The org has no journal ${number}.`);
  return journal;
}

/** The org stores a journal of `till:1` and fails to run it, until `faulty` is cleared. */
export function failFirst({ org }: World): void {
  org.faulty.add('till:1');
  org.fate = (execution) => {
    const isBad = org.faulty.has('till:1') && execution.journals.some(({ number }) => number === 'till:1');
    return { ...org.honest(execution), ...(isBad && { answer: ok({ status: false, message: 'RULE_FAILED' }) }) };
  };
}

export function endingOf({ ending, stopped }: SyncReport): unknown[] {
  return [ending, stopped?.code];
}
