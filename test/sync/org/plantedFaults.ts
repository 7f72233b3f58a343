import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Batch, Delivery, IntakeChunk, Outbox, BareOutcome, RunCounts } from '../../../src/outbox/index.js';
import { exitCode } from '../../../src/sync/index.js';
import { OrgJournals } from '../../../src/sync/orgJournals.js';
import type { Plant } from './simulation.js';
import { around } from './witness.js';

/** An engine with one fault, named after what is wrong with it. */
export interface PlantedFault extends Plant {
  readonly name: string;
  /** Changes the engine itself. Returns a function that undoes the change. */
  readonly patch?: () => () => void;
}

/** Returns an engine's outbox in which methods of one port are replaced. */
function port(name: 'runs' | 'intake' | 'delivery', others: Parameters<typeof around>[1]): (outbox: Outbox) => Outbox {
  return (outbox) => around(outbox, { [name]: around(outbox[name], others) });
}

/** Changes the outcomes that an engine stores. */
function settling(change: (outcome: BareOutcome) => BareOutcome): (outbox: Outbox) => Outbox {
  return (outbox) => {
    const { delivery } = outbox;
    const settle: Delivery['settle'] = (outcomes) => delivery.settle(outcomes.map(change));
    return around(outbox, { delivery: around(delivery, { settle: (_, outcomes: BareOutcome[]) => settle(outcomes) }) });
  };
}

/** Changes the rows that an engine takes in. */
function taking(change: (chunk: IntakeChunk) => IntakeChunk): (outbox: Outbox) => Outbox {
  return (outbox) => {
    const { intake } = outbox;
    return around(outbox, {
      intake: around(intake, { accept: (_, chunk: IntakeChunk) => intake.accept(change(chunk)) }),
    });
  };
}

/** Changes the counts of every run. */
function counting(change: (counts: RunCounts) => RunCounts): (outbox: Outbox) => Outbox {
  return port('runs', { counts: async (counts) => change((await counts()) as RunCounts) });
}

export const plantedFaults: readonly PlantedFault[] = [
  { name: 'looks up at once, without a settle window', options: { settle: 0 } },
  {
    name: 'takes a journal with other content for its own',
    patch: () => {
      const engine = OrgJournals.prototype;
      const own = Object.getOwnPropertyDescriptor(engine, 'lookUp') ?? {};
      const lookUp = own.value as typeof engine.lookUp;
      engine.lookUp = async function (items) {
        const found = await lookUp.call(this, items);
        return new Map([...found].map(([seq, { journals }]) => [seq, { journals, differences: () => [] }]));
      };
      return () => Object.defineProperty(engine, 'lookUp', own);
    },
  },
  {
    name: 'does not look up what the org may have from elsewhere',
    outbox: taking((chunk) => ({ ...chunk, lookUpFirst: false })),
  },
  {
    name: 'puts a transaction twice into one request',
    outbox: port('delivery', {
      pack: async (pack) => {
        const batches = (await pack()) as Batch[];
        return batches.map(({ items }) => ({ items: [...items, ...items.slice(0, 1)] }));
      },
    }),
  },
  {
    name: 'takes rows in from the last to the first',
    outbox: taking((chunk) => ({ ...chunk, transactions: chunk.transactions.toReversed() })),
  },
  {
    name: 'counts what was refused before as known',
    outbox: counting(({ transactions, ...counts }) => {
      const { known, refusedBefore, ...rest } = transactions;
      return { ...counts, transactions: { ...rest, known: known + refusedBefore, refusedBefore: 0 } };
    }),
  },
  {
    name: 'sends before the intent is on disk',
    outbox: (outbox) => {
      const { delivery } = outbox;
      const pack = async (options: Parameters<Delivery['pack']>[0]): Promise<Batch[]> => {
        const batches = await delivery.pack(options);
        const items = batches.flatMap((batch) => batch.items);
        await delivery.settle(items.map((item) => ({ item, to: 'ready', until: options.now + 1000 })));
        return batches;
      };
      return around(outbox, { delivery: around(delivery, { pack: (_, options: never) => pack(options) }) });
    },
  },
  {
    name: 'takes what a look-up does not find for done',
    outbox: settling((outcome) => {
      const isAbsent = outcome.to === 'ready' && outcome.item.state === 'unknown';
      return isAbsent ? { item: outcome.item, to: 'done', journalId: undefined, found: true } : outcome;
    }),
  },
  {
    name: 'ends with 0 although something was refused before',
    exitCode: (report) => {
      const { counts } = report;
      const transactions = { ...counts.transactions, refusedBefore: 0 };
      return exitCode({ ...report, counts: { ...counts, transactions } });
    },
  },
  {
    name: 'loses what was replaced',
    outbox: counting(({ items, ...counts }) => ({ ...counts, items: { ...items, replaced: 0 } })),
  },
  {
    name: 'stores a position behind a row that it has not stored',
    outbox: taking((chunk) => ({ ...chunk, transactions: chunk.transactions.slice(0, 4) })),
  },
  {
    name: 'forgets what a dead process was waiting for',
    outbox: port('delivery', { recover: async () => undefined }),
  },
  {
    name: 'sends again at once what had no answer',
    outbox: settling((outcome) => {
      const isLost = outcome.to === 'unknown' && outcome.item.state === 'sent';
      return isLost ? { item: outcome.item, to: 'ready', until: 0 } : outcome;
    }),
  },
  {
    name: 'lets two callers deliver at a time',
    outbox: (outbox) => around(outbox, { lock: async () => ({ [Symbol.dispose]: () => undefined }) }),
  },
  {
    name: 'takes up by itself whatever was refused',
    outbox: (outbox) => {
      const { runs, deadLetters } = outbox;
      const begin = async (settings: Record<string, unknown>) => {
        const run = await runs.begin(settings);
        await deadLetters.takeUp(run.id, {});
        return run;
      };
      return around(outbox, { runs: around(runs, { begin: (_, settings: never) => begin(settings) }) });
    },
  },
  {
    name: 'runs all Pending journals of a member at a time',
    outbox: port('delivery', { firstUnknown: async (_first, items: never) => items }),
  },
];

/** Lets what is left of a failed history end, so that it does not disturb the next one. */
export async function settleDown(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await nextTurn();
}
