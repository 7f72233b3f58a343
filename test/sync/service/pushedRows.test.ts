import { expect } from 'chai';
import { FeedError, parseMapping, RowRejectedError } from '../../../src/sync/index.js';
import { failureOf } from '../../client/loopback.js';
import { purchase, source } from '../org/arrayFeed.js';
import { liveWorld, openService } from './liveWorld.js';

const mappingWith = (rest = '') =>
  parseMapping(
    `
source: ${source}
key: receipt
member: customer.card
journal:
  ActivityDate: { date: at }
  JournalTypeName: { value: Accrual }
  TransactionAmount: { number: total }
${rest}`,
    'till.yml',
  );

const sale = (receipt: string, card = 'M1') => ({
  receipt,
  customer: { card },
  at: '2026-04-03T08:00:00Z',
  total: 12.4,
});

describe('rows that are pushed', () => {
  it('go through the mapping, in their order beside transactions', async () => {
    await using world = liveWorld();
    const service = await openService(world, { mapping: mappingWith() });
    const results = await Promise.all([
      service.push(sale('1')),
      service.push(purchase('2', 'M1')),
      service.push(sale('3')),
    ]);
    expect(results.map(({ key, is }) => [key, is])).to.deep.equal([
      ['till:1', 'accepted'],
      ['till:2', 'accepted'],
      ['till:3', 'accepted'],
    ]);
    await service.drain();
    expect(world.order('M1')).to.deep.equal(['till:1', 'till:2', 'till:3']);
  });

  it('are rejected with column, value and reason, and keep no other from being stored', async () => {
    await using world = liveWorld();
    await using service = await openService(world, { mapping: mappingWith() });
    const given = [{ ...sale('1'), total: 'much' }, sale('2'), sale('3', ''), ['no row'], { ...sale('5'), at: 'noon' }];
    const told = await Promise.allSettled(given.map((row) => service.push(row)));
    const [amount, good, member, list, date] = told.map((each) =>
      each.status === 'rejected' ? (each.reason as RowRejectedError) : each.value,
    );
    expect(amount).to.be.instanceOf(RowRejectedError);
    expect(amount).to.include({ reason: 'unreadable-number', column: 'total', value: 'much' });
    expect((amount as Error).message)
      .to.include('much')
      .and.not.include('row 1');
    expect(good).to.include({ is: 'accepted' });
    expect(member).to.include({ reason: 'missing-member', column: 'customer.card' });
    expect(list).to.include({ reason: 'malformed-row' });
    expect(date).to.include({ reason: 'unreadable-date', column: 'at', value: 'noon' });
  });

  it('are rejected if no look-up would find them again, as transactions are', async () => {
    await using world = liveWorld();
    await using service = await openService(world, { mapping: mappingWith() });
    const [odd, good] = await Promise.allSettled([service.push(sale('1', 'M1\u0007')), service.push(sale('2'))]);
    expect(odd.status === 'rejected' && odd.reason)
      .to.be.instanceOf(RowRejectedError)
      .and.include({ reason: 'control-character' });
    expect(good.status).to.equal('fulfilled');
  });

  it('are left out where the mapping says so', async () => {
    await using world = liveWorld();
    await using service = await openService(world, { mapping: mappingWith('skip: total = 0') });
    expect(await service.push({ ...sale('1'), total: 0 })).to.deep.equal({ is: 'skipped' });
    expect(await service.push(sale('2'))).to.include({ is: 'accepted' });
  });

  it('need a mapping that fits the source and the org, and numbers no lines', async () => {
    await using world = liveWorld();
    const other = parseMapping(mappingWith().text.replace(`source: ${source}`, 'source: shop'), 'shop.yml');
    expect(await failureOf(openService(world, { mapping: other }))).to.be.instanceOf(RangeError);
    const unknown = mappingWith('  Nonsense__c: total\n');
    expect(await failureOf(openService(world, { mapping: unknown }))).to.be.instanceOf(FeedError);
    const text = mappingWith().text.replace(
      'key: receipt',
      'key: { columns: [receipt, at], occurrenceWithin: receipt }',
    );
    expect(await failureOf(openService(world, { mapping: parseMapping(text, 'till.yml') }))).to.be.instanceOf(
      FeedError,
    );
    await using service = await openService(world);
    expect(await failureOf(service.push(sale('1')))).to.be.instanceOf(RowRejectedError);
  });

  it('and transactions have the details of members who are enrolled on the way', async () => {
    await using world = liveWorld();
    const mapping = mappingWith('enroll: { lastName: customer.name }');
    const service = await openService(world, { mapping, unknownMembers: 'enroll' });
    await Promise.all([
      service.push({ ...sale('1'), customer: { card: 'N1', name: 'Weber' } }),
      service.push({ ...purchase('2', 'N2'), enrollment: { associatedContactDetails: { lastName: 'Braun' } } }),
      service.push({ ...sale('3'), customer: { card: 'N3' } }),
    ]);
    const { counts, members } = await service.drain();
    expect(counts.items).to.include({ done: 2, refused: 1 });
    expect([members?.enrolled, members?.records.map(({ member }) => member)]).to.deep.equal([2, ['N1', 'N2']]);
    const names = world.org.enrollments.calls.map(({ associatedContactDetails: { lastName } }) => lastName);
    expect(names.sort()).to.deep.equal(['Braun', 'Weber']);
    expect((await service.outcome('till:3'))?.message).to.include(
      'The member cannot be enrolled: push row 1: lastName is missing.',
    );
  });

  it('need a mapping that says with what, if there is a mapping', async () => {
    await using world = liveWorld();
    const error = await failureOf(openService(world, { mapping: mappingWith(), unknownMembers: 'enroll' }));
    expect(error).to.be.instanceOf(FeedError);
    expect(String(error)).to.include('members are to be enrolled, but the mapping does not say with what');
  });
});
