import { expect } from 'chai';
import { openOutbox, openOutboxToRead, OpenItemsError } from '../../src/outbox/index.js';
import { PostgresInbox } from '../../src/outbox/postgres/index.js';
import { PostgresServer } from '../support/postgresServer.js';

const sale = (number: number) => ({
  key: `till:${number}`,
  member: 'HR-1',
  journal: { TransactionAmount: '12.40' },
});

describe('the inbox of a shared outbox', () => {
  let server: PostgresServer;

  before(async () => {
    server = await PostgresServer.start();
  });

  after(async () => {
    await server[Symbol.asyncDispose]();
  });

  it('gives everything once and in its order, whoever hands it in and whenever it is asked', async () => {
    const url = await server.createDatabase();
    const doors = await Promise.all([1, 2, 3].map(() => PostgresInbox.open(url)));
    const worker = await PostgresInbox.open(url);
    const taken: string[] = [];
    const handsIn = doors.map(async (door, index) => {
      for (let number = 0; number < 40; number++) await door.add([sale(1000 * index + number)]);
    });
    const take = async (): Promise<void> => {
      for (const { number, transactions } of await worker.first(7)) {
        taken.push(...transactions.map(({ key }) => key));
        await worker.remove(number);
      }
    };
    while (taken.length < 120) await take();
    await Promise.all(handsIn);
    await take();
    for (const index of [0, 1, 2])
      expect(taken.filter((key) => Math.floor(Number(key.slice(5)) / 1000) === index)).to.deep.equal(
        Array.from({ length: 40 }, (_, number) => sale(1000 * index + number).key),
      );
    expect(taken).to.have.lengthOf(120);
    expect(await worker.backlog()).to.deep.equal({ entries: 0, transactions: 0, oldest: undefined, age: 0 });
    await Promise.all([...doors, worker].map((each) => each.close()));
  });

  it('gives no more at a time than fits into memory, but always something', async () => {
    const inbox = await PostgresInbox.open(await server.createDatabase());
    const large = { ...sale(1), member: 'M'.repeat(2_200_000) };
    for (const number of [1, 2, 3]) await inbox.add([{ ...large, key: `till:${number}` }]);
    await inbox.add([{ ...large, member: 'M'.repeat(5_000_000) }]);
    const taken: number[] = [];
    for (let entries = await inbox.first(10); entries.length > 0; entries = await inbox.first(10)) {
      taken.push(entries.length);
      await inbox.remove(entries.at(-1)!.number);
    }
    expect(taken).to.deep.equal([2, 2]);
    await inbox.close();
  });

  it('finds what waits by its key, and tells how much waits', async () => {
    await using inbox = await PostgresInbox.open(await server.createDatabase());
    await inbox.add([sale(1), sale(2)]);
    await inbox.add([{ ...sale(1), member: 'HR-2' }, sale(3)]);
    expect(await inbox.find('till:1')).to.deep.equal({ ...sale(1), member: 'HR-2' });
    expect(await inbox.find('till:4')).to.equal(undefined);
    const { oldest, age, ...rest } = await inbox.backlog();
    expect(rest).to.deep.equal({ entries: 2, transactions: 4 });
    expect([oldest, age]).to.satisfy(([at, since]: [number, number]) => at > 0 && since >= 0);
    await inbox.remove(1);
    expect(await inbox.backlog()).to.include({ entries: 1, transactions: 2 });
    await inbox.remove(2);
    expect([await inbox.find('till:3'), (await inbox.backlog()).transactions]).to.deep.equal([undefined, 0]);
  });

  it('belongs to one org and program, whoever is the first to say so', async () => {
    const url = await server.createDatabase();
    const owner = { orgId: '00D1', programId: '0lp1', program: 'Harbour Rewards', numberLength: 255 };
    await using inbox = await PostgresInbox.open(url);
    expect(await inbox.claim(owner)).to.deep.equal(owner);
    await using outbox = await openOutbox(url);
    expect(await outbox.owner()).to.deep.equal(owner);
    using lock = await outbox.lock();
    await outbox.rememberChangedFields(['Quantity']);
    await using reader = await openOutboxToRead(url);
    expect([await reader.owner(), await reader.changedFields()]).to.deep.equal([owner, ['Quantity']]);
    expect((await inbox.claim({ ...owner, orgId: '00D2' })).orgId).to.equal('00D1');
  });

  it('keeps what was handed in over a crash of the database', async () => {
    const url = await server.createDatabase();
    const inbox = await PostgresInbox.open(url);
    await inbox.add([sale(1), sale(2)]);
    await server.end();
    const handedIn = inbox.add([sale(3)]);
    await server.begin();
    await handedIn;
    const entries = await inbox.first(10);
    const keys = entries.flatMap(({ transactions }) => transactions.map(({ key }) => key));
    expect([...new Set(keys)]).to.deep.equal(['till:1', 'till:2', 'till:3']);
    await inbox.close();
  });

  it('keeps a member from being erased while something of the member waits', async () => {
    const url = await server.createDatabase();
    await using outbox = await openOutbox(url);
    const inbox = await PostgresInbox.open(url);
    await inbox.add([sale(1)]);
    const failure = await outbox.forget('hr-1').catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(OpenItemsError);
    await inbox.remove(1);
    expect(await outbox.forget('hr-1')).to.deep.equal({ transactions: 0, texts: 0, folders: [] });
    await inbox.close();
  });
});
