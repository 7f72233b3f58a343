import { expect } from 'chai';
import { exitCode } from '../../src/sync/index.js';
import { purchase, purchases } from './org/arrayFeed.js';
import type { FakeOrg } from './org/fakeOrg.js';
import { diesWhen, ended, Machines } from './org/machines.js';

const minutes = 60_000;
const members = ['A1', 'B2', 'C3', 'D4', 'E5', 'F6', 'G7', 'H8'];
const inDoubt = ['till:5', 'till:6'];

/** The request with these purchases never arrives, and nobody hears of it. */
function loses(org: FakeOrg, keys: readonly string[]): void {
  org.fate = (execution) =>
    execution.journals.some(({ number }) => keys.includes(number))
      ? { answersAt: 300, answer: 'timeout' }
      : org.honest(execution);
}

describe('a restored backup in which something is in doubt', () => {
  for (const [level, hasMarkers] of [
    [0, false],
    [1, true],
  ] as const)
    for (const [what, stored, refused] of [
      ['has got', inDoubt, []],
      ['has refused', [], inDoubt],
      ['has never got', [], []],
    ] as const)
      it(`doubles nothing of what it has forgotten, when the org ${what} what is in doubt (level ${level})`, async () => {
        const rows = purchases(6, members);
        await using machines = await Machines.with(rows, { members, hasMarkers });
        const { org, clock } = machines;
        loses(org, inDoubt);
        expect(ended(await machines.start('a', { wait: 1 })).counts.items).to.include({ done: 4, unknown: 2 });
        const backup = machines.backUp('a');
        loses(
          org,
          inDoubt.filter((key) => ![...stored, ...refused].includes(key)),
        );
        for (const key of refused) org.refused.add(key);
        // As many as are in doubt.
        machines.rows = [...rows, purchase('k1', 'G7'), purchase('k2', 'H8')];
        await machines.start('a', { wait: 15 * minutes });
        await clock.sleep(30 * minutes);
        org.refused.clear();
        org.fate = (execution) => org.honest(execution);
        machines.putBack(backup, 'a');
        const report = ended(await machines.start('a'));
        expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
        expect(exitCode(report)).to.equal(0);
      });
});

describe('an outbox with something in doubt', () => {
  /** Returns which of these purchases were looked up by their keys. */
  function lookedUp(org: FakeOrg, numbers: readonly number[]): boolean[] {
    const asked = org.queries.filter((soql) => soql.includes('ExternalTransactionNumber IN')).join();
    return numbers.map((number) => asked.includes(`'till:${number}'`));
  }

  it('looks no new transaction up if the keys of the org show that it lacks nothing', async () => {
    await using machines = await Machines.with(purchases(20, members));
    const { org } = machines;
    const life = diesWhen(() => org.effects.length >= 10);
    expect(await machines.run('a', {}, life)).to.equal('died');
    machines.rows = purchases(400, members);
    expect(exitCode(ended(await machines.start('a')))).to.equal(0);
    expect(lookedUp(org, [30, 400])).to.deep.equal([false, false]);
    expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
  });

  it('that may lack something looks new transactions up only until it is sure that it does not', async () => {
    const rows = purchases(6, members);
    await using machines = await Machines.with(rows, { members });
    const { org, clock } = machines;
    loses(org, inDoubt);
    await machines.start('a', { wait: 1 });
    const backup = machines.backUp('a');
    machines.rows = [...rows, purchase('k1', 'G7'), purchase('k2', 'H8')];
    await machines.start('a', { wait: 15 * minutes });
    await clock.sleep(30 * minutes);
    machines.putBack(backup, 'a');
    // Slow answers, so that there are questions.
    org.fate = (execution) => ({ ...org.honest(execution), answersAt: 10_000 });
    machines.rows = [...machines.rows, ...purchases(400, members).slice(6)];
    expect(exitCode(ended(await machines.start('a', { concurrency: 1, mostOpen: 10 })))).to.equal(0);
    expect(lookedUp(org, [8, 400])).to.deep.equal([true, false]);
    expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
  });
});
