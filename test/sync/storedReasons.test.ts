import { expect } from 'chai';
import { makeReport, SqliteOutbox, StoppedError } from '../../src/sync/index.js';
import { failureOf } from '../client/loopback.js';
import { filled, packed } from '../outbox/outboxFixture.js';
import { failure } from './org/answers.js';
import { purchases } from './org/arrayFeed.js';
import { World } from './org/world.js';

describe('a later report says', () => {
  const later = async ({ outbox }: World) => makeReport(outbox, (await outbox.runs.find())!);

  it('why the run stopped, until it is resumed', async () => {
    await using world = new World(purchases(3, ['A1', 'B2', 'C3']));
    world.org.fate = () => ({ answersAt: 10, answer: failure(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit.') });
    const told = await world.start();
    expect(told.ending).to.equal('stopped');
    expect(told.stopped).to.include({ code: 'REQUEST_LIMIT_EXCEEDED' });
    expect(told.stopped?.action).to.be.a('string');
    expect(await later(world)).to.deep.equal(told);

    world.org.fate = (execution) => world.org.honest(execution);
    expect(await world.resume())
      .to.include({ ending: 'complete' })
      .and.not.to.have.property('stopped');
    expect(await later(world)).not.to.have.property('stopped');
  });

  it('why the run failed', async () => {
    await using world = new World(purchases(3, ['A1', 'B2', 'C3']));
    const onProgress = (): never => {
      throw new StoppedError({ code: 'NO', message: 'No more.' });
    };
    await failureOf(world.start({ onProgress }));
    expect(await later(world)).to.deep.include({
      ending: 'failed',
      stopped: { code: 'StoppedError', message: 'No more.' },
    });
  });

  it('which parked transaction the others of its member wait for, whatever was reported before', async () => {
    await using outbox = SqliteOutbox.inMemory();
    const run = await filled(outbox, purchases(6, ['A1', 'B2']));
    const [first, other] = await packed(outbox);
    await outbox.delivery.noteFailure(['A1'], { code: 'BUSY', message: 'Later.' });
    await outbox.delivery.settle([
      { item: first!, to: 'parked', code: 'PENDING_IN_ORG', message: 'It is there.' },
      { item: other!, to: 'done', journalId: '0lV1', found: false },
    ]);
    await outbox.runs.end(run, 'unfinished');
    const report = await makeReport(outbox, (await outbox.runs.find(run))!);
    const waiting = report.records.filter(({ waitsFor }) => waitsFor !== undefined);
    expect(waiting.map(({ key, status, waitsFor }) => [key, status, waitsFor])).to.deep.equal([
      ['till:3', 'ready', 'till:1'],
      ['till:5', 'ready', 'till:1'],
    ]);
    expect(report.reasons.find(({ code }) => code === 'BEHIND_PARKED')).to.include({ count: 2 });
    expect(waiting[0]?.error?.message).to.include('Waits for till:1 of the same member');
  });
});
