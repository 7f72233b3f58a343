import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ListFileError, measureKeys, readGoals } from '../../src/insight/index.js';
import { expectedValue, goalState } from '../../src/insight/goals/goalPace.js';
import type { GoalProgress } from '../../src/insight/goals/goalPace.js';

const tenDays: GoalProgress = {
  ...{ kind: 'sum', number: 100, atMost: false, start: null, value: 50 },
  ...{ whole: { from: '2026-03-01', to: '2026-03-10' }, asOf: '2026-03-05', isOver: false },
};

describe('a goal', () => {
  it('is on track as long as its value is on the straight line to the number', () => {
    expect(expectedValue(tenDays)).to.equal(50);
    expect(goalState(tenDays)).to.equal('onTrack');
    expect(goalState({ ...tenDays, value: 49.9 })).to.equal('behind');
    expect(goalState({ ...tenDays, value: 100 })).to.equal('met');
    expect(goalState({ ...tenDays, isOver: true, value: 99 })).to.equal('missed');
    expect(goalState({ ...tenDays, asOf: '2026-02-28', value: null })).to.equal('notBegun');
    expect(goalState({ ...tenDays, value: null })).to.equal('unknown');
  });

  it('begins with the level of the day before', () => {
    const level: GoalProgress = { ...tenDays, kind: 'level', start: 80, value: 89 };
    expect(expectedValue(level)).to.equal(90);
    expect(goalState(level)).to.equal('behind');
    expect(goalState({ ...level, start: null })).to.equal('unknown');
  });

  it('is not met before its date if it can still fail', () => {
    const rate: GoalProgress = { ...tenDays, kind: 'rate', number: 0.4, value: 0.4 };
    expect(goalState(rate)).to.equal('onTrack');
    expect(goalState({ ...rate, value: 0.39 })).to.equal('behind');
    expect(goalState({ ...rate, isOver: true })).to.equal('met');
    const limit: GoalProgress = { ...tenDays, atMost: true };
    expect(goalState(limit)).to.equal('onTrack');
    expect(goalState({ ...limit, value: 51 })).to.equal('behind');
    expect(goalState({ ...limit, isOver: true, value: 100 })).to.equal('met');
    expect(goalState({ ...limit, isOver: true, value: 101 })).to.equal('missed');
  });
});

describe('a file of goals', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'goals-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function read(text: string): Promise<unknown> {
    const path = join(folder, 'goals.yml');
    await writeFile(path, text);
    return readGoals(path).catch((error: unknown) => {
      expect(error).to.be.instanceOf(ListFileError);
      return (error as ListFileError).lines.map((line) => line.replace(path, 'goals.yml'));
    });
  }

  it('is a list of measure, number and date', async () => {
    expect(await read('- { measure: revenue, number: 1000, date: 2026-12-31 }')).to.deep.equal([
      { measure: 'revenue', number: 1000, date: '2026-12-31', atMost: false },
    ]);
  });

  it('is refused with all its mistakes, each with its line', async () => {
    const text = `
- measure: revenu
  number: 10
  date: 2026-12-31
- measure: participationRate
  number: 40
  date: 2026-02-30
- measure: members
  number: many
  date: 2026-12-31
  form: 2026-01-01
- measure: members
  number: 10
  date: 2026-12-31
  from: 2027-01-01
- measure: members
  number: 10
  date: 0001-01-01`;
    expect(await read(text)).to.deep.equal([
      `goals.yml, line 2: [0].measure: "revenu" must be one of ${measureKeys.join(', ')}; did you mean revenue?`,
      'goals.yml, line 7: [1].date: "2026-02-30" must be a day such as 2026-01-31',
      'goals.yml, line 6: [1].number: 40 must be from 0 to 1: write 0.4 for 40 %',
      'goals.yml, line 9: [2].number: "many" must be a number',
      'goals.yml, line 11: [2].form: is not a key here; did you mean from?',
      'goals.yml, line 15: [3].from: "2027-01-01" must not be after the date, 2026-12-31',
      'goals.yml, line 18: [4].date: "0001-01-01" must be from 1900-01-01 to 2999-12-31',
    ]);
    expect(await read('[]')).to.deep.equal(['goals.yml, line 1: the file: a list must not be empty']);
    expect(await read('goals: 3')).to.deep.equal(['goals.yml, line 1: the file: an object must be a list']);
    expect(await read('- {')).to.have.length(1);
  });

  it('that cannot be read is named', async () => {
    const error: unknown = await readGoals(join(folder, 'none.yml')).catch((thrown: unknown) => thrown);
    expect((error as Error).message).to.match(/none\.yml: cannot be read: there is no such file\.$/);
  });
});
