import { expect } from 'chai';
import { exitCode, UnfinishedRunError, UnknownKeysError } from '../../src/sync/index.js';
import { failureOf } from '../client/loopback.js';
import { failure } from './org/answers.js';
import { purchase, purchases } from './org/arrayFeed.js';
import { Life } from './org/life.js';
import { World } from './org/world.js';

const minutes = 60_000;

describe('a retry', () => {
  it('sends refused transactions once the cause is gone, and counts them', async () => {
    const rows = [...purchases(4, ['A1', 'B2']), purchase('5', 'stranger'), purchase('6', 'stranger')];
    await using world = new World(rows, { strangers: ['stranger'] });
    expect((await world.start()).counts.items).to.include({ done: 4, refused: 2 });

    world.org.tables.enrol('stranger');
    const report = await world.retry();
    expect(report.counts.items).to.include({ takenUpAgain: 2, done: 2, refused: 0 });
    expect(report).to.include({ ending: 'complete' });
    expect(exitCode(report)).to.equal(0);
    expect(world.order('stranger')).to.deep.equal(['till:5', 'till:6']);
    const retries = [...world.outbox.runs.items(world.lastRun, ['done'])].map((item) => [item.key, item.retries]);
    expect(retries.filter(([, times]) => times === 1)).to.deep.equal([
      ['till:5', 1],
      ['till:6', 1],
    ]);
  });

  it('sends nothing that the org has received from another sender', async () => {
    await using world = new World([purchase('1', 'A1'), purchase('2', 'stranger')], { strangers: ['stranger'] });
    await world.start();
    world.org.tables.enrol('stranger');
    world.org.hold({ number: 'till:2', member: 'stranger', status: 'Processed' });
    const sent = world.org.executions.length;
    expect((await world.retry()).counts.items).to.include({ takenUpAgain: 1, found: 1, refused: 0 });
    expect(world.org.executions).to.have.length(sent);
  });

  it('leaves a failed journal in the org alone until somebody sets it to Pending there', async () => {
    await using world = new World([purchase('1', 'A1')]);
    world.org.faulty.add('till:1');
    world.org.fate = (execution) => ({ ...world.org.honest(execution), answer: failure(400, 'RULE_FAILED') });
    expect((await world.start()).counts.items).to.include({ refused: 1 });
    world.org.fate = (execution) => world.org.honest(execution);
    world.org.faulty.clear();
    const again = await world.retry();
    expect(again.records[0]?.error).to.deep.equal({ code: 'JOURNAL_ERROR', message: 'The rule divides by zero.' });
    expect(world.org.tables.journals).to.have.length(1);

    world.org.tables.journals[0]!.status = 'Pending';
    expect((await world.retry()).counts.items).to.include({ done: 1, refused: 0 });
    expect(world.org.tables.journals).to.have.length(1);
    expect(world.effects()).to.deep.equal({ 'till:1': 1 });
  });

  it('refuses again what the org refuses again, and says why', async () => {
    await using world = new World(purchases(3, ['A1', 'B2']));
    world.org.refused.add('till:2');
    await world.start();
    for (const again of [1, 2]) {
      const report = await world.retry();
      expect(report.counts.items, `${again}`).to.include({ takenUpAgain: 1, done: 0, refused: 1 });
      expect(exitCode(report)).to.equal(68);
    }
    expect(world.effects()).to.deep.equal({ 'till:1': 1, 'till:3': 1 });
  });

  it('retries the named keys and codes, and no others', async () => {
    const rows = [...purchases(4, ['A1', 'B2', 'C3', 'D4']), purchase('5', 'stranger'), purchase('6', 'stranger')];
    await using world = new World(rows, { strangers: ['stranger'] });
    for (const key of ['till:1', 'till:2']) world.org.refused.add(key);
    await world.start();
    world.org.tables.enrol('stranger');
    world.org.refused.clear();

    await world.retry({ keys: ['till:2', 'till:3', 'till:6'] });
    expect(Object.keys(world.effects()).sort()).to.deep.equal(['till:2', 'till:3', 'till:4', 'till:6']);
    await world.retry({ codes: ['UNKNOWN_MEMBER'] });
    expect(Object.keys(world.effects())).to.have.length(5).and.to.not.include('till:1');
    await world.retry({ codes: ['NEVER_HEARD_OF'] });
    expect(Object.keys(world.effects())).to.have.length(5);
  });

  it('makes later transactions of the member wait for the look-up', async () => {
    await using world = new World(purchases(2, ['A1']));
    world.org.refused.add('till:1');
    await world.start();
    world.org.refused.clear();
    world.rows = purchases(3, ['A1']);
    world.org.fate = () => ({ answersAt: 300, answer: 'reset' });
    await world.start({ wait: 1 * minutes });
    world.org.fate = (execution) => world.org.honest(execution);
    await world.retry();
    expect(world.order('A1')).to.deep.equal(['till:2', 'till:1', 'till:3']);
  });

  it('can be killed at any moment, and the next one delivers the rest', async () => {
    let last = 0;
    for (let isOver = false; !isOver;) {
      last += 1;
      await using world = new World([...purchases(3, ['A1', 'B2']), purchase('4', 'stranger')], {
        strangers: ['stranger'],
      });
      world.org.refused.add('till:1');
      await world.start();
      world.org.refused.clear();
      world.org.tables.enrol('stranger');
      const life = new Life((_, count) => count === last);
      await Promise.race([world.retry({}, life), life.death]);
      isOver = life.moments < last;
      await world.clock.sleep(600_000);
      // What the dead process had retried is open; the rest is still refused.
      await world.resume();
      expect((await world.retry()).counts.items, `killed at ${last}`).to.include({ refused: 0 });
      expect(world.effects()).to.deep.equal({ 'till:1': 1, 'till:2': 1, 'till:3': 1, 'till:4': 1 });
    }
    expect(last, 'moments').to.be.greaterThan(15);
  });

  it('is refused for a run that was cut off, because its feed would be left unread', async () => {
    await using world = new World(purchases(100, ['A1', 'B2']));
    const abort = new AbortController();
    const onProgress = (): void => abort.abort();
    expect((await world.start({ signal: abort.signal, onProgress })).ending).to.equal('interrupted');
    expect(await failureOf(world.retry())).to.be.instanceOf(UnfinishedRunError);
    expect((await world.resume()).ending).to.equal('complete');
    expect((await world.retry()).ending).to.equal('complete');
  });

  it('is refused for keys that the outbox does not have, and retries none of the others', async () => {
    await using world = new World([purchase('1', 'A1'), purchase('2', 'stranger')], { strangers: ['stranger'] });
    await world.start();
    world.org.tables.enrol('stranger');
    const error = await failureOf(world.retry({ keys: ['till:2', 'till:7', 'web:1'] }));
    expect(error).to.be.instanceOf(UnknownKeysError);
    expect((error as Error).message)
      .to.include('till:7, web:1')
      .and.to.not.include('till:2');
    expect(world.effects()).to.deep.equal({ 'till:1': 1 });
  });
});
