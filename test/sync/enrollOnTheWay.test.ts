import { expect } from 'chai';
import { exitCode } from '../../src/sync/index.js';
import type { SyncReport } from '../../src/sync/index.js';
import type { Transaction } from '../../src/transaction.js';
import { failure } from './org/answers.js';
import { purchase, purchases } from './org/arrayFeed.js';
import { expectToAddUp } from './org/counts.js';
import { Life } from './org/life.js';
import { World } from './org/world.js';

const enroll = { unknownMembers: 'enroll' as const };
const window = 12 * 60_000;

/** A purchase whose row has details of its member. */
function withDetails(key: string, member: string, details: object = {}): Transaction {
  return {
    ...purchase(key, member),
    enrollment: { associatedContactDetails: { lastName: `L-${member.toUpperCase()}` }, ...details },
  };
}

describe('members who are enrolled on the way', () => {
  const rows = () => [
    purchase('1', 'A1'),
    withDetails('2', 'X9'),
    withDetails('3', 'X9'),
    withDetails('4', 'x9'),
    withDetails('5', 'Y8'),
  ];
  const world = (some = rows()): World => new World(some, { strangers: ['X9', 'x9', 'Y8'] });
  const state = (report: SyncReport) => [report.ending, exitCode(report)];

  it('are enrolled once each, and their transactions follow in their order', async () => {
    await using shop = world();
    const report = await shop.start(enroll);
    expectToAddUp(report.counts);
    expect(state(report)).to.deep.equal(['complete', 0]);
    expect(report.counts.items).to.include({ done: 5, refused: 0 });
    expect(shop.org.enrollments.stored.sort()).to.deep.equal(['X9', 'Y8']);
    expect(shop.org.enrollments.calls[0]).to.include({ membershipNumber: 'X9', memberStatus: 'Active' });
    expect(shop.order('X9')).to.deep.equal(['till:2', 'till:3', 'till:4']);
    expect([...shop.outbox.enrollments.ofRun(report.run)].map(({ member, state: is }) => [member, is])).to.deep.equal([
      ['X9', 'enrolled'],
      ['Y8', 'enrolled'],
    ]);
    // What was known of them is erased.
    expect(await shop.outbox.enrollments.find(['X9', 'Y8'])).to.have.property('size', 0);
  });

  it('are not doubled if an answer is lost, whether the org enrolled them or not, and nothing follows blindly', async () => {
    for (const storesAt of [100, window - 2000, undefined]) {
      await using shop = world();
      shop.org.enrollments.refusesDoubles = false;
      let isFirst = true;
      shop.org.enrollments.fate = () => {
        if (!isFirst) return shop.org.enrollments.honest();
        isFirst = false;
        return { ...(storesAt !== undefined && { storesAt }), answersAt: 500, answer: 'timeout' };
      };
      const report = await shop.start(enroll);
      expect(state(report)).to.deep.equal(['complete', 0]);
      expect(shop.org.enrollments.stored.sort()).to.deep.equal(['X9', 'Y8']);
      expect(shop.org.enrollments.calls).to.have.length(storesAt === undefined ? 3 : 2);
      expect([...shop.outbox.enrollments.ofRun(report.run)]).to.have.length(2);
      expect(shop.order('X9')).to.deep.equal(['till:2', 'till:3', 'till:4']);
    }
  });

  it('are not doubled wherever a process dies, and are in one report', async () => {
    const moments = await dieAt(undefined);
    // Every third moment: all of them take long, and the steps between them are small.
    for (let moment = 1; moment <= moments; moment += 3) await dieAt(moment);
  }).timeout(60_000);

  /** Kills the first process at this moment, resumes, and returns how many moments it had. */
  async function dieAt(moment: number | undefined): Promise<number> {
    await using shop = world([withDetails('1', 'X9'), withDetails('2', 'x9')]);
    shop.org.enrollments.refusesDoubles = false;
    // The org stores the member long after the process has died.
    shop.org.enrollments.fate = () => shop.org.enrollments.honest(600_000);
    const life = new Life((_, count) => count === moment);
    const first = await Promise.race([shop.start(enroll, life), life.death]);
    if (first !== 'died') {
      expect(state(first)).to.deep.equal(['complete', 0]);
      return life.moments;
    }
    await shop.clock.sleep(1);
    const run = await shop.outbox.runs.find();
    const report = run ? await shop.resume(enroll) : await shop.start(enroll);
    expect(state(report), `death at ${moment}`).to.deep.equal(['complete', 0]);
    expect(shop.org.enrollments.stored.sort(), `death at ${moment}`).to.deep.equal(['X9']);
    expect(shop.order('X9')).to.deep.equal(['till:1', 'till:2']);
    expect([...shop.outbox.enrollments.ofRun(report.run)].map(({ member }) => member)).to.deep.equal(['X9']);
    expect(await shop.outbox.enrollments.find(['X9'])).to.have.property('size', 0);
    return life.moments;
  }

  it('whom the org refuses are dead letters with its reason, and can be retried', async () => {
    await using shop = world();
    shop.org.enrollments.fate = ({ membershipNumber }) => {
      if (membershipNumber !== 'X9') return shop.org.enrollments.honest();
      return { answersAt: 100, answer: failure(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Too young.') };
    };
    const report = await shop.start(enroll);
    expectToAddUp(report.counts);
    expect(state(report)).to.deep.equal(['complete', 68]);
    expect(report.counts.items).to.include({ done: 2, refused: 3 });
    expect(report.reasons).to.deep.include({
      ...{ status: 'refused', code: 'ENROLLMENT_REFUSED', count: 3, key: 'till:2', feed: 'till.csv', line: 3 },
      example:
        'The program Harbour Rewards has no member X9, and the org refused to enroll the member: ' +
        'FIELD_CUSTOM_VALIDATION_EXCEPTION: Too young. Correct the cause, then read the feed again or run "sync retry".',
    });
    shop.org.enrollments.fate = () => shop.org.enrollments.honest();
    const retried = await shop.retry(enroll);
    expectToAddUp(retried.counts);
    expect(state(retried)).to.deep.equal(['complete', 0]);
    expect(shop.order('X9')).to.deep.equal(['till:2', 'till:3', 'till:4']);
  });

  it('are taken up by themselves if the feed is read again with other details', async () => {
    await using shop = world();
    shop.org.enrollments.fate = (body) =>
      JSON.stringify(body).includes('L-X9')
        ? { answersAt: 100, answer: failure(400, 'INVALID_EMAIL_ADDRESS', 'No.') }
        : shop.org.enrollments.honest();
    await shop.start(enroll);
    shop.rows = rows().map((row) => ({ ...row, enrollment: { associatedContactDetails: { lastName: 'New' } } }));
    const again = await shop.start(enroll);
    expectToAddUp(again.counts);
    expect(again.counts.transactions).to.include({ takenUpByItself: 3, known: 2 });
    expect(state(again)).to.deep.equal(['complete', 0]);
    expect(shop.order('X9')).to.deep.equal(['till:2', 'till:3', 'till:4']);
  });

  it('are refused without a call if no row has details, and the reason says why', async () => {
    const problem = { problem: 'till.csv line 3: lastName is missing.' };
    await using shop = world([purchase('1', 'X9'), { ...purchase('2', 'Y8'), enrollment: problem }]);
    const report = await shop.start(enroll);
    expect(shop.org.enrollments.calls).to.deep.equal([]);
    const next = 'Enroll the member, then read the feed again or run "sync retry".';
    expect(report.records.map(({ error }) => [error?.code, error?.message])).to.deep.equal([
      [
        'UNKNOWN_MEMBER',
        `The program Harbour Rewards has no member X9. The member cannot be enrolled: no row with details was read. ${next}`,
      ],
      [
        'UNKNOWN_MEMBER',
        `The program Harbour Rewards has no member Y8. The member cannot be enrolled: ${problem.problem} ${next}`,
      ],
    ]);
  });

  it('wait for a row that has their details, which then does not overtake the rows before it', async () => {
    const problem = { problem: 'till.csv line 3: lastName is missing.' };
    const others = purchases(300, ['A1', 'B2', 'C3', 'D4']);
    const late = [purchase('x1', 'X9'), { ...purchase('x2', 'x9'), enrollment: problem }];
    const never = [{ ...purchase('y1', 'Y8'), enrollment: problem }, purchase('y2', 'Y8')];
    await using shop = world([...late, ...never, ...others, withDetails('x3', 'X9'), purchase('x4', 'X9')]);
    const report = await shop.start(enroll);
    expectToAddUp(report.counts);
    expect(report.counts.items).to.include({ done: 304, refused: 2 });
    expect(report.records.map(({ key, error }) => [key, error?.code])).to.deep.equal([
      ['till:y1', 'UNKNOWN_MEMBER'],
      ['till:y2', 'UNKNOWN_MEMBER'],
    ]);
    expect(report.records[0]?.error?.message).to.include(problem.problem);
    expect(shop.order('X9')).to.deep.equal(['till:x1', 'till:x2', 'till:x3', 'till:x4']);
  });

  it('do not wait while so much is open that reading pauses', async () => {
    const rows = [purchase('x1', 'X9'), ...purchases(300, ['A1', 'B2', 'C3', 'D4']), withDetails('x2', 'X9')];
    await using shop = world(rows);
    const report = await shop.start({ ...enroll, mostOpen: 20, prefer: 'speed' });
    expectToAddUp(report.counts);
    expect(report.counts.items).to.include({ done: 301, refused: 1 });
    expect(report.records.map(({ key }) => key)).to.deep.equal(['till:x1']);
  });

  it('wait while the org is busy, with a lock or out of calls, and are enrolled afterwards', async () => {
    for (const answer of [failure(503, 'SERVER_UNAVAILABLE'), failure(400, 'UNABLE_TO_LOCK_ROW')]) {
      await using shop = world();
      let calls = 0;
      shop.org.enrollments.fate = () =>
        (calls += 1) <= 3 ? { answersAt: 100, answer } : shop.org.enrollments.honest();
      const report = await shop.start(enroll);
      expect(state(report)).to.deep.equal(['complete', 0]);
      expect(shop.org.enrollments.stored.sort()).to.deep.equal(['X9', 'Y8']);
    }
  });

  it('end the run if the org would refuse every one, or if the calls of the day are used up', async () => {
    await using shop = world();
    shop.org.enrollments.fate = () => ({
      answersAt: 100,
      answer: failure(400, 'INVALID_FIELD', 'No such column Level__c.'),
    });
    const stopped = await shop.start(enroll);
    expect([stopped.ending, stopped.stopped?.code, stopped.counts.items.ready]).to.deep.equal([
      'stopped',
      'INVALID_FIELD',
      2,
    ]);

    await using poor = world();
    poor.org.usage = { used: 0, limit: 1000 };
    poor.org.enrollments.fate = () => {
      if (poor.org.usage) poor.org.usage.used = 950;
      return poor.org.enrollments.honest();
    };
    const paused = await poor.start({ ...enroll, reserve: 100, concurrency: 1 });
    expect([paused.ending, paused.stopped?.code]).to.deep.equal(['stopped', 'RESERVE_REACHED']);
    expect(poor.org.enrollments.calls).to.have.length(1);
  });

  it('whom somebody else enrolls at the same moment are not in the report', async () => {
    await using shop = world();
    shop.org.enrollments.fate = ({ membershipNumber }) => {
      shop.org.tables.enrol(membershipNumber);
      return shop.org.enrollments.honest();
    };
    const report = await shop.start(enroll);
    expect(state(report)).to.deep.equal(['complete', 0]);
    expect([...shop.outbox.enrollments.ofRun(report.run)]).to.deep.equal([]);
  });

  it('are held until they exist by one run, and enrolled by another', async () => {
    await using shop = world();
    await shop.start({ unknownMembers: 'hold' });
    const report = await shop.start(enroll);
    expect(state(report)).to.deep.equal(['complete', 0]);
    expect(report.counts.items).to.include({ carriedOver: 4, done: 4, held: 0 });
    expect(shop.order('X9')).to.deep.equal(['till:2', 'till:3', 'till:4']);
  });

  it('leave nothing of their details when they are forgotten', async () => {
    await using shop = world();
    shop.org.enrollments.fate = () => ({ answersAt: 1, answer: failure(400, 'INVALID_EMAIL_ADDRESS', 'Of X9.') });
    const report = await shop.start(enroll);
    expect(await shop.outbox.enrollments.find(['X9'])).to.have.property('size', 1);
    await shop.outbox.forget('X9');
    expect(await shop.outbox.enrollments.find(['X9'])).to.have.property('size', 0);
    const left = [...shop.outbox.enrollments.ofRun(report.run)];
    expect(left.map(({ member, message }) => [member, message])).to.deep.equal([['Y8', 'Erased.']]);
  });

  it('have no details in the outbox if nobody is to be enrolled', async () => {
    await using shop = world();
    await shop.start();
    expect(await shop.outbox.enrollments.find(['X9', 'Y8'])).to.have.property('size', 0);
  });
});
