import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import type { FaultRuleInput } from '../../../src/emulator/index.js';
import { ManualClock } from '../faults/manualClock.js';
import { seedProgram, sourceKey } from '../restClient.js';
import { BulkJobs } from './bulkJobs.js';
import type { Run } from './bulkJobs.js';

describe('Faults of bulk jobs', () => {
  let org: Emulator;
  let jobs: BulkJobs;
  let memberId: string;
  const clock = new ManualClock();

  beforeEach(async () => {
    org = await Emulator.start({ customFields: sourceKey, effects: true, clock });
    ({ memberId } = seedProgram(org));
    jobs = new BulkJobs(org);
  });

  afterEach(() => org.stop());

  const csv = (...keys: string[]): string =>
    `Src_Key__c,MemberId,ActivityDate\n${keys.map((key) => `${key},${memberId},2026-04-03T08:00:00Z\n`).join('')}`;
  const keys = (count: number): string[] => Array.from({ length: count }, (_, index) => `k${index}`);
  /** Keys that came into the org, in their order, each as often as it came. */
  const committed = (): unknown[] =>
    [...org.effects]
      .filter(({ object, operation }) => object === 'TransactionJournal' && operation === 'insert')
      .map(({ fields }) => fields['Src_Key__c']);
  const load = (count: number, ...rules: FaultRuleInput[]): Promise<Run> => {
    org.faults.replace({ seed: 5, rules });
    return jobs.run(csv(...keys(count)));
  };

  it('refuse the rows of a transaction, which can be sent again', async () => {
    const { id, info } = await load(450, { fault: 'jobRows', count: 1 });
    expect(info).to.include({ state: 'JobComplete', numberRecordsProcessed: 450, numberRecordsFailed: 200 });
    const errors = await jobs.errors(id);
    expect(errors['k0']).to.equal('UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--');
    expect(committed()).to.deep.equal(keys(450).slice(200));
    const again = await jobs.run(csv(...Object.keys(errors)));
    expect(again.info).to.include({ state: 'JobComplete', numberRecordsFailed: 0 });
    expect(committed().sort()).to.deep.equal(keys(450).sort());
  });

  it('end a job halfway: rows written so far stay, the rest is unprocessed', async () => {
    const { id, info } = await load(450, { fault: 'jobFailure', skip: 1 });
    expect(info).to.include({ state: 'Failed', numberRecordsProcessed: 200, numberRecordsFailed: 0 });
    expect(info.errorMessage).to.equal('TooManyLockFailure : Too many lock failures');
    expect(committed()).to.deep.equal(keys(200));
    expect((await jobs.rows(id, 'successfulResults')).map((row) => row['Src_Key__c']).reverse()).to.deep.equal(
      keys(200),
    );
    const rest = (await jobs.rows(id, 'unprocessedrecords')).map((row) => row['Src_Key__c']);
    expect(rest).to.deep.equal(keys(450).slice(200));
  });

  it('take time, during which the rows are held', async () => {
    org.locks.wait = 0;
    org.faults.add({ fault: 'jobLatency', milliseconds: 3000, count: 1 });
    const id = await jobs.create();
    await jobs.upload(id, csv('a'));
    await jobs.enter(id, 'UploadComplete');
    await clock.sleepers(1);
    expect((await jobs.api.get(`/jobs/ingest/${id}`)).body).to.include({ state: 'InProgress' });
    const other = await jobs.api.patch(`/sobjects/LoyaltyProgramMember/${memberId}`, { GroupName: 'x' });
    expect(other.body[0].errorCode).to.equal('UNABLE_TO_LOCK_ROW');
    expect(committed()).to.deep.equal([]);
    await clock.advance(3000);
    expect(await jobs.ended(id)).to.include({ state: 'JobComplete', apiActiveProcessingTime: 3000 });
    expect(committed()).to.deep.equal(['a']);
  });

  for (const [when, plan] of [
    ['in slow work', { fault: 'jobLatency', milliseconds: 3000, count: 1 }],
    ['before a held row', undefined],
  ] as const) {
    it(`an aborted job does not write rows that it has reported as unprocessed: aborted ${when}`, async () => {
      const hold = plan ? undefined : org.locks.hold([memberId]);
      if (plan) org.faults.add(plan);
      const id = await jobs.create();
      await jobs.upload(id, csv('a'));
      await jobs.enter(id, 'UploadComplete');
      await clock.sleepers(1);
      await jobs.enter(id, 'Aborted');
      expect(await jobs.file(id, 'unprocessedrecords')).to.equal(csv('a'));
      hold?.release();
      await clock.advance(3000);
      await nextTurn();
      expect(committed()).to.deep.equal([]);
      expect((await jobs.api.get(`/jobs/ingest/${id}`)).body).to.include({
        state: 'Aborted',
        numberRecordsProcessed: 0,
      });
    });
  }

  it('match transactions by their rows, and the same ones for the same seed', async () => {
    const some = await load(450, { fault: 'jobRows', match: { bodyContains: 'k444,' }, errorCode: 'X', message: 'y' });
    expect(await jobs.errors(some.id))
      .to.include({ k444: 'X:y:--' })
      .and.to.have.all.keys(keys(450).slice(400));
    const fates = async (): Promise<string[]> =>
      Object.keys(await jobs.errors((await load(2000, { fault: 'jobRows', rate: 0.4 })).id));
    const first = await fates();
    expect(first).to.have.length.within(200, 1800);
    expect(await fates()).to.deep.equal(first);
  });

  it('do not affect requests, and faults of requests do not affect jobs', async () => {
    const { info } = await load(1, { fault: 'jobFailure', match: { method: 'GET' } });
    expect(info).to.include({ state: 'JobComplete' });
    org.faults.replace({ rules: [{ fault: 'jobRows' }] });
    expect((await jobs.api.get('/limits')).status).to.equal(200);
    org.faults.replace({ rules: [{ fault: 'quota', skip: 1, count: 1, match: { method: 'PUT', path: '/jobs/*' } }] });
    expect((await jobs.run(csv('b'))).info).to.include({ state: 'JobComplete' });
    expect(org.faults.rules[0]).to.include({ met: 1, struck: 0 });
  });
});
