import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { SqliteOutbox, type ItemState } from '../../src/outbox/index.js';
import { expectToAddUp } from '../sync/org/counts.js';
import { commandsOf, type Command, type Real } from './commands.js';
import { Model } from './model.js';

const states: readonly ItemState[] = ['held', 'ready', 'sent', 'unknown', 'parked', 'done', 'refused'];

/** The outbox says of its items and lanes what the model says, in every way in which it can be asked. */
async function expectSame(model: Model, { outbox }: Real): Promise<void> {
  for (const [run, expected] of model.counts) {
    const { rows, transactions } = await outbox.runs.counts(run);
    expectToAddUp({ rows, transactions });
    const { used, skipped, rejected, duplicate, conflict } = expected;
    expect(rows).to.deep.equal({ read: used + skipped + rejected, used, skipped, rejected });
    expect(transactions).to.include({ duplicate, conflict });
    const items = model.items.filter((item) => item.run === run);
    expect(
      [...outbox.runs.items(run, states)].map(({ key, member, state, attempts }) => ({ key, member, state, attempts })),
    ).to.deep.equal(items.map(({ key, member, state, attempts }) => ({ key, member, state, attempts })));
  }
  const { delivery } = outbox;
  expect(await delivery.open(), 'open').to.equal(model.open);
  expect(delivery.longestLane(), 'longest lane').to.equal(model.longestLane);
  expect(await delivery.nextDue(), 'next due').to.equal(model.nextDue);
  const unchecked = await delivery.uncheckedMembers(100);
  expect(unchecked.map((member) => member.toLowerCase())).to.have.members(model.unchecked);
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

describe('an outbox, beside a model of it', () => {
  it('agrees after every command', async () => {
    await fc.assert(
      fc.asyncProperty(commandsOf({ maxCommands: 50, crashes: true }), async (commands) => {
        // In memory a crash loses no process, but everything that it knew.
        await using outbox = SqliteOutbox.inMemory();
        const real: Real = { outbox, reopen: () => Promise.resolve(outbox) };
        await fc.asyncModelRun(() => ({ model: new Model(), real }), checked(commands));
      }),
      { numRuns: 100 },
    );
  });

  it('agrees after crashes with a file, which the next process opens while the dead one has not closed it', async () => {
    await fc.assert(
      fc.asyncProperty(commandsOf({ maxCommands: 30, crashes: true }), async (commands) => {
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
  });
});
