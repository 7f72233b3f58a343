import { expect } from 'chai';
import { HttpDoor } from '../../../src/door/index.js';
import { PostgresInbox } from '../../../src/outbox/postgres/index.js';
import { harbourRewards } from '../../../src/program/index.js';
import {
  HandInService,
  openOutbox,
  OtherOwnerError,
  parseMapping,
  ServiceClosedError,
  SyncService,
} from '../../../src/sync/index.js';
import type { HandInServiceOptions } from '../../../src/sync/index.js';
import { failureOf } from '../../client/loopback.js';
import { journalKeys, post, sale } from '../../door/openDoor.js';
import type { Answered } from '../../door/openDoor.js';
import { openShop } from '../../support/cliOrg.js';
import type { Shop } from '../../support/cliOrg.js';
import { PostgresServer } from '../../support/postgresServer.js';

interface Opened extends AsyncDisposable {
  readonly service: HandInService;
  post(body: unknown): Promise<Answered>;
  get(path: string): Promise<Answered>;
}

const told = ({ status, body }: Answered): unknown[] => [status, body.is ?? body.error?.code];

describe('doors that hand in for a shared outbox', function () {
  this.timeout(60_000);

  let server: PostgresServer;
  let shop: Shop;
  let outbox: string;

  before(async () => {
    [server, shop] = await Promise.all([PostgresServer.start(), openShop({ members: 3 })]);
  });

  after(async () => {
    await Promise.all([server, shop].map((each) => each[Symbol.asyncDispose]()));
  });

  beforeEach(async () => {
    outbox = await server.createDatabase();
  });

  async function open(options: Partial<HandInServiceOptions> = {}): Promise<Opened> {
    const { client } = shop;
    const service = await HandInService.open({
      ...{ client, program: harbourRewards.name, outbox, source: 'till', ...options },
    });
    const door = await HttpDoor.open({ service });
    return {
      service,
      post: (body) => post(`${door.url}/transactions`, body),
      get: async (path) => {
        const response = await fetch(`${door.url}${path}`);
        const { status, headers } = response;
        return { status, headers, body: (await response.json()) as Answered['body'] };
      },
      [Symbol.asyncDispose]: async () => {
        await door.close();
        await service.drain();
      },
    };
  }

  /** Delivers what waits in the inbox, as the process that has the lease does. */
  async function deliver(): Promise<void> {
    await using inbox = await PostgresInbox.open(outbox);
    await using shared = await openOutbox(outbox);
    const program = harbourRewards.name;
    await using service = await SyncService.open({ client: shop.client, program, outbox: shared, source: 'till' });
    for (let entries = await inbox.first(100); entries.length > 0; entries = await inbox.first(100)) {
      for (const { transactions } of entries) await Promise.all(transactions.map((each) => service.push(each)));
      await inbox.remove(entries.at(-1)?.number ?? 0);
    }
  }

  async function keysInInbox(): Promise<string[]> {
    await using inbox = await PostgresInbox.open(outbox);
    return (await inbox.first(10_000)).flatMap(({ transactions }) => transactions.map(({ key }) => key));
  }

  it('store what comes together as one, in the order of each door, and answer 202 "stored"', async () => {
    await using first = await open();
    await using second = await open();
    const list = (door: string, from: number) =>
      Array.from({ length: 50 }, (_, index) => sale(`${door}-${from + index}`));
    const answers = await Promise.all([
      ...[0, 50].map((from) => first.post(list('a', from))),
      ...[0, 50].map((from) => second.post(list('b', from))),
    ]);
    for (const { status, body } of answers) {
      expect(status).to.equal(202);
      expect(new Set(body.results?.map(({ is }) => is))).to.deep.equal(new Set(['stored']));
    }
    await using inbox = await PostgresInbox.open(outbox);
    expect(await inbox.backlog()).to.include({ transactions: 200 });
    expect((await inbox.backlog()).entries).to.be.at.most(4);
    const keys = await keysInInbox();
    for (const door of ['a', 'b']) {
      const ofDoor = keys.filter((key) => key.startsWith(`till:${door}-`));
      const expected = [...list(door, 0), ...list(door, 50)].map(({ key }) => key);
      // Two requests come in either order; each is a list in its order.
      expect(ofDoor.slice(0, 50)).to.be.deep.oneOf([expected.slice(0, 50), expected.slice(50)]);
      expect(ofDoor.toSorted()).to.deep.equal(expected.toSorted());
    }
    expect(told(await first.post({ ...sale('1'), key: 'shop:1' }))).to.deep.equal([422, 'OTHER_SOURCE']);
  });

  it('tell from anywhere what became of a transaction: stored, done, or not known', async () => {
    await using first = await open();
    await using second = await open();
    const key = sale('told').key;
    const asked = (door: Opened) => door.get(`/transactions/${encodeURIComponent(key)}`);
    expect(told(await asked(second))).to.deep.equal([404, 'UNKNOWN_KEY']);
    expect(told(await first.post(sale('told')))).to.deep.equal([202, 'stored']);
    expect((await asked(second)).body).to.deep.equal({ key, member: 'HR-100001', is: 'stored', isOpen: true });
    await deliver();
    expect((await asked(second)).body).to.include({ key, is: 'done', isOpen: false });
    expect(journalKeys(shop)).to.include(key);

    // What the log says may be a second old, what waits is told at once.
    expect(told(await second.post(sale('told', 'HR-100001', '99.00')))).to.deep.equal([202, 'stored']);
    expect((await asked(first)).body.is).to.equal('stored');
    await deliver();
    expect((await asked(first)).body.is).to.equal('done');
  });

  it('take rows with a mapping, and tell at once which of them cannot be used', async () => {
    const text =
      'source: till\nkey: id\nmember: card\nskip: total = 0\njournal:\n  ActivityDate: { date: at }\n  JournalTypeName: { value: Accrual }\n  TransactionAmount: { number: total }\n';
    await using door = await open({ mapping: parseMapping(text, 'till.yml') });
    const row = (id: string, total: unknown) => ({ id, card: 'HR-100001', at: '2026-09-01T07:05:00Z', total });
    const { status, body } = await door.post([row('r1', 3.4), row('r2', 'much'), row('r3', 0), row('r4', 1)]);
    expect(status).to.equal(207);
    expect(body.results?.map((each) => each.is ?? each.error?.code)).to.deep.equal([
      ...['stored', 'UNREADABLE_NUMBER', 'skipped', 'stored'],
    ]);
    expect(await keysInInbox()).to.deep.equal(['till:r1', 'till:r4']);
  });

  it('answer 503 while the database is away, and have everything on disk that they answered 202', async () => {
    const away = Promise.withResolvers<undefined>();
    const back = Promise.withResolvers<undefined>();
    const onAway = (error: unknown): void => (error ? away : back).resolve(undefined);
    await using door = await open({ patience: 100, onAway });
    const accepted: string[] = [];
    let isOver = false;
    const push = async (till: number): Promise<number> => {
      let refused = 0;
      for (let number = 0; !isOver; number++) {
        const answer = await door.post(sale(`crash-${till}-${number}`));
        if (answer.status === 202) accepted.push(`till:crash-${till}-${number}`);
        else {
          refused += 1;
          expect(told(answer)).to.deep.equal([503, 'OUTBOX_AWAY']);
          expect(answer.headers.get('retry-after')).to.equal('5');
        }
      }
      return refused;
    };
    const pushing = [1, 2, 3].map(push);
    await server.end();
    await away.promise;
    expect((await door.get('/ready')).status).to.equal(503);
    await server.begin();
    await back.promise;
    expect(told(await door.post(sale('after')))).to.deep.equal([202, 'stored']);
    isOver = true;
    const refused = await Promise.all(pushing);
    expect(refused.some((count) => count > 0)).to.equal(true);
    expect(await keysInInbox()).to.include.members([...accepted, 'till:after']);
  });

  it('turn callers away while too much waits in the inbox, and take again when it was taken', async () => {
    const looks: number[] = [];
    let seen = Promise.withResolvers<undefined>();
    const onBacklog = ({ transactions }: { transactions: number }): void => {
      looks.push(transactions);
      seen.resolve(undefined);
      seen = Promise.withResolvers();
    };
    await using door = await open({ mostBacklog: 1, onBacklog });
    await door.post([sale('b1'), sale('b2')]);
    while (looks.at(-1) !== 2) await seen.promise;
    const busy = await door.post(sale('b3'));
    expect([...told(busy), busy.headers.get('retry-after')]).to.deep.equal([429, 'BUSY', '1']);
    expect((await door.get('/ready')).body.status).to.equal('busy');
    await using inbox = await PostgresInbox.open(outbox);
    await inbox.remove(1);
    while (looks.at(-1) !== 0) await seen.promise;
    expect(told(await door.post(sale('b3')))).to.deep.equal([202, 'stored']);
  });

  it('store what is being pushed when they are drained, and take nothing more', async () => {
    await using door = await open();
    const { service } = door;
    const pushes = Array.from({ length: 20 }, (_, index) => service.push(sale(`d${index}`)));
    await Promise.all([service.drain(), service.drain()]);
    expect(new Set((await Promise.all(pushes)).map(({ is }) => is))).to.deep.equal(new Set(['stored']));
    expect(await failureOf(service.push(sale('late')))).to.be.instanceOf(ServiceClosedError);
    expect(await keysInInbox()).to.have.lengthOf(20);
  });

  it('refuse an outbox of another org or program', async () => {
    await using inbox = await PostgresInbox.open(outbox);
    await inbox.claim({ orgId: '00D000000000001', programId: '0lp1', program: 'Other', numberLength: 255 });
    expect(await failureOf(open())).to.be.instanceOf(OtherOwnerError);
  });
});
