import type { TransactionJournalInput } from '../../../src/contract/endpoints/realtimeEndpoints.js';
import { FrontCheck } from '../../../src/feed/bytes/frontCheck.js';
import type { OutboxItem } from '../../../src/outbox/index.js';
import { OutboxHolder } from '../../../src/outbox/sqlite/outboxHolder.js';
import { SqliteRuns } from '../../../src/outbox/sqlite/sqliteRuns.js';
import { SqliteSources } from '../../../src/outbox/sqlite/sqliteSources.js';
import { JournalCount } from '../../../src/sync/guard/journalCount.js';
import { OrgJournals } from '../../../src/sync/orgJournals.js';
import type { Level } from './machinesSimulation.js';

/** An engine without one of its guards, and a level at which that shows. */
export interface MachinesPlant {
  readonly name: string;
  readonly level: Level;
  /** Removes the guard. Returns a function that restores it. */
  readonly plant: () => () => void;
}

/** Replaces a method for all objects of a class. */
function instead<T extends object, K extends keyof T & string>(prototype: T, name: K, other: T[K]): () => () => void {
  return () => replaced(prototype, name, { value: other });
}

function replaced(prototype: object, name: string, other: PropertyDescriptor): () => void {
  const own = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
  Object.defineProperty(prototype, name, { ...other, configurable: true });
  return () => Object.defineProperty(prototype, name, own);
}

const toJournal = Object.getOwnPropertyDescriptor(OrgJournals.prototype, 'toJournal')?.value as (
  this: OrgJournals,
  item: OutboxItem,
) => TransactionJournalInput;

export const machinesPlants: readonly MachinesPlant[] = [
  {
    name: 'does not see that its outbox is older than the org, nor that somebody else sends',
    level: 0,
    plant: instead(JournalCount.prototype, 'compare', async () => ({ excess: 0, isExact: true })),
  },
  {
    name: 'takes a source that the org has for a new one when its outbox is empty',
    level: 0,
    plant: instead(JournalCount.prototype, 'isKnownToOrg', async () => false),
  },
  {
    name: 'sends what an older outbox has ready without a look',
    level: 1,
    plant: instead(SqliteSources.prototype, 'doubtReady', async () => 0),
  },
  {
    name: 'sends journals without their unique value',
    level: 2,
    plant: instead(OrgJournals.prototype, 'toJournal', function (this: OrgJournals, item) {
      const { Unique__c: _, ...journal } = { Unique__c: undefined, ...toJournal.call(this, item) };
      return journal;
    }),
  },
  {
    name: 'lets every worker of an outbox go on',
    level: 2,
    plant: instead(OutboxHolder.prototype, 'acquire', () => ({ [Symbol.dispose]: () => undefined })),
  },
  {
    name: 'reads on behind the place in another file',
    level: 2,
    plant: () => {
      const putBack = [
        instead(FrontCheck.prototype, 'pass', () => undefined)(),
        instead(FrontCheck.prototype, 'end', () => undefined)(),
        replaced(FrontCheck.prototype, 'isSame', { get: () => true }),
      ];
      return () => {
        for (const each of putBack) each();
      };
    },
  },
  {
    name: 'does not say that the feed has changed since its run had read it',
    level: 2,
    plant: instead(SqliteRuns.prototype, 'note', async () => undefined),
  },
];
