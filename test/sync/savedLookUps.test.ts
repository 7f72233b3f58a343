import { expect } from 'chai';
import { exitCode } from '../../src/sync/index.js';
import { failure } from './org/answers.js';
import { purchases } from './org/arrayFeed.js';
import { diesWhen, ended, Machines } from './org/machines.js';

const seconds = 1000;
const minutes = 60 * seconds;
const members = Array.from({ length: 60 }, (_, index) => `M${index}`);
const rows = purchases(60, members);

/** Answers take so long that the org is asked meanwhile. */
function answersSlowly({ org }: Machines): void {
  org.fate = (execution) => org.honest(execution, 10 * seconds);
}

/** Returns the transactions that were kept back, or tried again for another reason. */
async function triedAgain(machines: Machines): Promise<string[]> {
  return machines.look('a', async (outbox) => {
    const run = await outbox.runs.find();
    return [...outbox.runs.items(run?.id ?? '', ['done'])].flatMap(({ key, tries }) => (tries > 0 ? key : []));
  });
}

describe('a question that only saves look-ups keeps no request back when it gets no answer', () => {
  it('at level 1, after a process that was killed', async () => {
    await using machines = await Machines.with(rows, { members, hasMarkers: true });
    const { org, clock } = machines;
    expect(
      await machines.run(
        'a',
        {},
        diesWhen(() => org.effects.length >= 10),
      ),
    ).to.equal('died');
    answersSlowly(machines);
    const startedAt = clock.now();
    let unanswered = 0;
    org.queryFate = (soql) => {
      const isRunning = clock.now() > startedAt + minutes && org.effects.length < rows.length;
      if (!isRunning || !soql.startsWith('SELECT COUNT()')) return undefined;
      unanswered++;
      return failure(503, 'SERVER_UNAVAILABLE');
    };
    expect(exitCode(ended(await machines.run('a', { concurrency: 1 })))).to.equal(0);
    expect(unanswered).to.be.above(2);
    expect(await triedAgain(machines)).to.deep.equal([]);
    expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
  });

  it('at level 0, while the outbox may lack something that its doubt hides', async () => {
    const first = rows.slice(0, 6);
    await using machines = await Machines.with(first, { members });
    const { org, clock } = machines;
    org.fate = (execution) =>
      execution.journals.some(({ number }) => number === 'till:5')
        ? { answersAt: 300, answer: 'timeout' }
        : org.honest(execution);
    await machines.start('a', { wait: 1 });
    const backup = machines.backUp('a');
    machines.rows = rows.slice(0, 8);
    await machines.start('a', { wait: 15 * minutes });
    await clock.sleep(30 * minutes);
    machines.putBack(backup, 'a');
    machines.rows = rows;
    answersSlowly(machines);
    // Such a question follows immediately on the one that looks for another sender.
    const before = org.executions.length;
    let [countedAt, unanswered] = [0, 0];
    org.queryFate = (soql) => {
      if (org.executions.length === before || !soql.startsWith('SELECT COUNT()')) return undefined;
      const isSecond = clock.now() - countedAt <= org.queriesTake;
      countedAt = clock.now();
      if (!isSecond) return undefined;
      unanswered++;
      return failure(503, 'SERVER_UNAVAILABLE');
    };
    expect(exitCode(ended(await machines.start('a', { concurrency: 1 })))).to.equal(0);
    expect(unanswered).to.be.above(2);
    expect(await triedAgain(machines)).to.deep.equal(['till:5', 'till:6']);
    expect({ doubled: machines.doubled, missing: machines.missing }).to.deep.equal({ doubled: [], missing: [] });
  });
});
