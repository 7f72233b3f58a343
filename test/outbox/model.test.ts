import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { SqliteOutbox } from '../../src/outbox/index.js';
import type { ItemOrigin, ItemState, Outbox } from '../../src/outbox/index.js';
import { expectToAddUp, noItems, none } from '../sync/org/counts.js';
import { commandsOf } from './commands.js';
import type { Command, Real } from './commands.js';
import { Model } from './model.js';
import type { ModelRun } from './model.js';
import { allStates } from './outboxFixture.js';
import { MemoryLog } from './memoryLog.js';
import { PostgresServer } from '../support/postgresServer.js';
import { systemClock } from '../../src/base/clock.js';
import { PostgresLog, SharedOutbox } from '../../src/outbox/postgres/index.js';
import type { OutboxLog } from '../../src/outbox/postgres/outboxLog.js';

interface Shown {
  readonly key: string;
  readonly member: string;
  readonly origin: ItemOrigin;
  readonly state: ItemState;
  readonly attempts: number;
  readonly found: boolean;
}

/** Items as a run has them, or as it last had them. */
function standingIn(model: Model, run: string): Shown[] {
  return model.items.flatMap((item) => {
    const { key, member } = item;
    const { origin, state, attempts, found } = item.run === run ? item : (item.past.get(run) ?? { origin: undefined });
    return origin === undefined ? [] : { key, member, origin, state, attempts, found };
  });
}

/** The counts of a run according to the model: lines by what they turned out to be, items by their state. */
function countsOf(model: Model, { id, used, skipped, rejected, lines }: ModelRun): unknown {
  const items = standingIn(model, id);
  const transactions: Record<string, number> = { ...none, made: used };
  const counted: Record<string, number> = { ...noItems };
  for (const { kind } of lines) transactions[kind] = (transactions[kind] ?? 0) + 1;
  for (const { origin, state, found } of items) {
    counted[origin] = (counted[origin] ?? 0) + 1;
    counted[state] = (counted[state] ?? 0) + 1;
    if (state === 'done') counted[found ? 'found' : 'sentNow']! += 1;
  }
  for (const origin of ['new', 'corrected', 'takenUpByItself'] as const) transactions[origin] = counted[origin]!;
  const rows = { read: used + skipped + rejected, used, skipped, rejected };
  return { rows, transactions, items: counted };
}

/** Checks that every method of the outbox reports the same items and queues as the model. */
async function expectSame(model: Model, { outbox }: Real): Promise<void> {
  for (const run of model.runs.values()) {
    const counts = await outbox.runs.counts(run.id);
    expectToAddUp(counts);
    expect(counts, `counts of run ${run.id}`).to.deep.equal(countsOf(model, run));
    const items = [...outbox.runs.items(run.id, allStates)].map(
      ({ key, member, origin, state, attempts, found }): Shown => ({
        ...{ key: key.startsWith('erased ') ? 'forgotten' : key, member, origin, state, attempts, found },
      }),
    );
    expect(items, `items of run ${run.id}`).to.deep.equal(standingIn(model, run.id));
    expectSameLines(outbox, run);
  }
  const { delivery } = outbox;
  // Any time that is over means "now".
  const notPast = (due: number | undefined): number | undefined => (due === undefined || due > model.now ? due : 0);
  expect(await delivery.open(), 'open').to.equal(model.open);
  expect(delivery.longestQueue(), 'longest queue').to.equal(model.longestQueue);
  expect(notPast(await delivery.nextDue(true)), 'next due').to.equal(notPast(model.nextDue));
  const unchecked = await delivery.uncheckedMembers(100);
  expect(unchecked.map((member) => member.toLowerCase())).to.have.members(model.unchecked);
}

const reported = new Set(['repeated', 'conflict', 'refusedBefore', 'detailsDiffer']);

function expectSameLines(outbox: Outbox, run: ModelRun): void {
  const lines = [...outbox.runs.lines(run.id)].filter(({ kind }) => kind !== 'rejection');
  const expected = run.lines.filter(({ kind }) => reported.has(kind));
  expect(lines.map(({ kind, feed, line, key }) => `${kind} ${feed}:${line} ${key ?? ''}`)).to.have.members(
    expected.map(({ kind, feed, line, key, isErased }) => `${kind} ${feed}:${line} ${isErased ? '' : key}`),
  );
}

function expectsSame(command: Command): Command {
  return {
    check: (model) => command.check(model),
    run: async (model, real) => {
      await command.run(model, real);
      await expectSame(model, real);
    },
    toString: () => command.toString(),
  };
}

function* checked(commands: Iterable<Command>): Iterable<Command> {
  for (const command of commands) yield expectsSame(command);
}

describe('an outbox compared with a model', () => {
  it('agrees after every command', async () => {
    await fc.assert(
      fc.asyncProperty(commandsOf(60), async (commands) => {
        // In memory, a crash loses everything that the process knew, but not the process itself.
        await using outbox = SqliteOutbox.inMemory();
        const real: Real = { outbox, reopen: () => Promise.resolve(outbox) };
        await fc.asyncModelRun(() => ({ model: new Model(), real }), checked(commands));
      }),
      { numRuns: 60 },
    );
  }).timeout(120_000);

  it('agrees after crashes with a file that the dead process has not closed', async () => {
    await fc.assert(
      fc.asyncProperty(commandsOf(30), async (commands) => {
        const folder = await mkdtemp(join(tmpdir(), 'loyalty-outbox-'));
        const handles: SqliteOutbox[] = [];
        const reopen = async (): Promise<SqliteOutbox> => {
          const outbox = await SqliteOutbox.open(join(folder, 'outbox.sqlite'));
          handles.push(outbox);
          return outbox;
        };
        try {
          const real: Real = { outbox: await reopen(), reopen };
          await fc.asyncModelRun(() => ({ model: new Model(), real }), checked(commands));
        } finally {
          for (const handle of handles) await handle.close();
          await rm(folder, { recursive: true });
        }
      }),
      { numRuns: 6 },
    );
  }).timeout(120_000);

  /** A process that dies takes along what it has changed without storing it, and its lease ends at once. */
  async function expectSameShared(commands: Iterable<Command>, openLog: () => Promise<OutboxLog>): Promise<void> {
    const opened: SharedOutbox[] = [];
    const reopen = async (): Promise<SharedOutbox> => {
      await opened.pop()?.close();
      const outbox = await SharedOutbox.open(await openLog());
      await outbox.lock();
      opened.push(outbox);
      return outbox;
    };
    try {
      const real: Real = { outbox: await reopen(), reopen };
      await fc.asyncModelRun(() => ({ model: new Model(), real }), checked(commands));
    } finally {
      for (const outbox of opened) await outbox.close();
    }
  }

  it('agrees when it is shared, and each process reads it from its log', async () => {
    await fc.assert(
      fc.asyncProperty(commandsOf(40), async (commands) => {
        const log = new MemoryLog(systemClock);
        await expectSameShared(commands, () => Promise.resolve(log));
      }),
      { numRuns: 15 },
    );
  }).timeout(120_000);

  it('agrees when it is shared in PostgreSQL', async () => {
    await using server = await PostgresServer.start();
    await fc.assert(
      fc.asyncProperty(commandsOf(30), async (commands) => {
        const url = await server.createDatabase();
        await expectSameShared(commands, () => PostgresLog.open(url));
      }),
      { numRuns: 4 },
    );
  }).timeout(120_000);
});
