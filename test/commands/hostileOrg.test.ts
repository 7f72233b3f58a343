import { expect } from 'chai';
import { join } from 'node:path';
import { Cli, errorOf } from '../support/cli.js';
import type { Target } from '../support/cli.js';
import { cartFile, orderFile } from '../support/cliCarts.js';
import { cups, feedOf, harbourMap } from '../support/cliFeed.js';
import { addVouchers, openShop, sell } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import type { Call } from '../support/cliRelay.js';
import { Loopback, json } from '../client/loopback.js';
import type { Answer } from '../client/loopback.js';

const accessToken = '00D000000000001!AQEAQ.secret_token.of-an-org';
/** So long that no command waits for it. */
const impatient = { 'retry-after': '3600' };
const member = ['--member', 'HR-100001'];
const journal = { ActivityDate: '2026-03-01T10:00:00Z', JournalTypeName: 'Accrual', MembershipNumber: 'HR-100001' };
const credit = [
  ...['--process', 'CreditPointsToMembers', '--parameter', 'PointsToCredit=1'],
  ...['--parameter', `TransactionJournal=${JSON.stringify(journal)}`],
];

/** Returns every command that talks to an org. */
async function allCommands(cli: Cli): Promise<readonly (readonly [words: string, args: readonly string[]])[]> {
  const feed = await cli.file('till.csv', feedOf(cups(['HR-100001'])));
  const cart = await cli.file('cart.json', cartFile);
  const order = await cli.file('order.json', orderFile);
  const program = await cli.file('program.yml', 'name: Corner Club\nstatus: Inactive\ncurrencies: []\n');
  return [
    ['create program', ['--file', program, '--no-prompt']],
    ['seed org', ['--folder', join(import.meta.dirname, '../../examples/seed'), '--no-prompt']],
    ['list promotions', member],
    ['list progress', member],
    ['display member', member],
    ['check org', []],
    ['list trails', member],
    ['list games', member],
    ['list badges', member],
    ['play game', member],
    ['list transactions', member],
    ['simulate transactions', [...member, '--amount', '5']],
    ['execute transactions', [...member, '--amount', '5', '--key', 'x']],
    ['simulate cart', ['--file', cart]],
    ['execute cart', ['--file', cart]],
    ['apply rewards', ['--file', order, '--key', 'order-1']],
    ['credit points', [...member, '--points', '5', '--key', 'k']],
    ['adjust points', [...member, '--type', 'credit', '--reason', 'Till', '--points', '5', '--key', 'a']],
    ['transfer points', [...member, '--to', 'HR-100002', '--points', '5', '--key', 't']],
    ['cancel transaction', ['--transaction', 'sale-1', '--reason', 'Returned', '--no-prompt']],
    ['debit points', [...member, '--points', '5', '--key', 'd']],
    ['update progress', [...member, '--promotion', 'Ten cups, one free', '--by', '1', '--key', 'l']],
    ['change tier', [...member, '--tier', 'Gold', '--reason', 'Test']],
    ['enroll promotion', [...member, '--promotion', 'Bring your own mug']],
    ['leave promotion', [...member, '--promotion', 'Bring your own mug']],
    ['issue voucher', [...member, '--definition', 'Five off a cake', '--key', 'voucher-1']],
    ['redeem coupon', [...member, '--code', 'SESAME', '--transaction', 'o-1', '--key', 'coupon-1']],
    ['redeem voucher', [...member, '--code', 'BIG', '--amount', '1', '--key', 'voucher-2']],
    ['cancel voucher', [...member, '--code', 'SMALL', '--no-prompt']],
    ['list vouchers', member],
    ['run job', ['--batch-job', 'Process_Transaction_Journals']],
    ['list jobs', []],
    ['cancel job', ['--job', '0md000000000001AAA', '--no-prompt']],
    ['list programs', []],
    ['list members', []],
    ['list processes', []],
    ['export program', []],
    ['export progress', ['--output-file', 'near.csv']],
    ['report program', ['--cache', ':memory:']],
    ['list segments', ['--cache', ':memory:']],
    ['run process', [...credit, '--key', 'run-1']],
    ['update member', [...member, '--email', 'ines@example.com', '--records']],
    ['unenroll member', [...member, '--no-prompt', '--records']],
    ['enroll member', ['--member', 'HR-200001', '--last-name', 'Okafor']],
    ['enroll corporate', ['--member', 'CO-1', '--name', 'Okafor']],
    ['enroll club', [...member, '--club', 'Coffee Club']],
    ['renew club', [...member, '--club', 'Coffee Club', '--period', '1']],
    ['enroll advocate', [...member, '--promotion', 'FRIEND']],
    ['create referral', ['--code', '2G11QW4G-FRIEND', '--email', 'ana@example.com']],
    ['list referrals', member],
    ['link partner', [...member, '--partner', 'Harbour Ferry']],
    ['unlink partner', [...member, '--partner', 'Harbour Ferry', '--no-prompt']],
    ['assign benefits', member],
    ['sync start', ['--file', feed, '--map', harbourMap, '--empty-outbox', 'trust', '--settle', '1']],
    ['sync serve', ['--source', 'till', '--port', '0', '--settle', '1']],
    // Asks the org first, and so never gets to the database.
    ['sync worker', ['--source', 'till', '--outbox', 'postgres://127.0.0.1:1/none']],
    ['sync probe', []],
    ['sync verify', []],
    ['verify fidelity', ['--read-only', '--only', 'wrong-paths-have-a-code']],
  ];
}

/** Commands that ask an org in each way: by a query, a resource, a process, before a write, and for a run. */
const ofEachWay = [
  'create program',
  'list progress',
  'list promotions',
  'display member',
  'check org',
  'list transactions',
  'credit points',
  'update progress',
  'redeem voucher',
  'enroll member',
  'sync start',
  'verify fidelity',
];

/** Tells whether a call only reads. */
function isRead({ method, url }: Call): boolean {
  return method === 'GET' || url.endsWith('/GetMemberPromotions');
}

/** Tells whether the org's answer is the subject of the command, so that it is not a failure. */
function isFinding(words: string): boolean {
  return words === 'verify fidelity';
}

describe('an org that cannot be trusted', function () {
  this.timeout(180_000);

  let cli: Cli;

  before(async () => {
    cli = await Cli.create();
  });

  after(() => cli[Symbol.asyncDispose]());

  /** Runs each command against an org of its own that always gives the same answer. */
  async function everyCommand(
    answer: Answer,
  ): Promise<{ ended: Map<string, Awaited<ReturnType<Cli['run']>>>; org: Loopback }> {
    await using org = await Loopback.start(answer);
    const target: Target = { url: org.url, accessToken };
    const runs = (await allCommands(cli)).map(
      async ([words, args]) => [words, await cli.run(words, [...args, '--json'], { org: target })] as const,
    );
    return { ended: new Map(await Promise.all(runs)), org };
  }

  it('cannot get a token sent to another host by a redirect, in any command', async () => {
    await using other = await Loopback.start((response) => json(response, 200, []));
    const { ended, org } = await everyCommand((response) =>
      response.writeHead(307, { location: `${other.url}/x`, ...impatient }).end(),
    );
    expect(other.requests).to.deep.equal([]);
    for (const [words, each] of ended) {
      if (isFinding(words)) continue;
      expect(each.code, words).to.equal(69);
      const { message } = errorOf(each);
      expect(message, words).to.include(`a redirect to ${new URL(other.url).host}, not followed`);
    }
    // The request for the versions needs no token and has none.
    const versions = org.requests.filter(({ url }) => url === '/services/data');
    expect(versions).to.have.length(ended.size);
    expect(versions.filter(({ headers }) => headers.authorization !== undefined)).to.deep.equal([]);
  });

  it('cannot get a repeated token printed, nor advice about a write that did not happen', async () => {
    const { ended } = await everyCommand((response, { headers }) => {
      const title = `<title>You sent ${headers.authorization ?? ''}</title>`;
      response.writeHead(503, { 'content-type': 'text/html', ...impatient }).end(title);
    });
    for (const [words, each] of ended) {
      expect(each.stdout + each.stderr, words).to.not.contain('secret_token');
      if (isFinding(words)) continue;
      expect(each.code, words).to.equal(69);
      const { message, actions = [] } = errorOf(each);
      expect(message, words).to.include('is not an answer of the org').and.to.include('You sent Bearer (hidden)');
      expect(message + actions.join(), words).to.not.match(/may have carried it out|--key/);
    }
  });

  it('gets no token over http, nor if its name is unknown', async () => {
    const far: Target = { url: 'http://192.0.2.1', accessToken };
    const refused = await cli.run('list promotions', [...member, '--json'], { org: far });
    expect(errorOf(refused)).to.include({ status: 1, name: 'AddressError' });
    expect(errorOf(refused).message).to.include("The org's address http://192.0.2.1 begins with http");

    const refreshToken = '5Aep861KQAB.secret_token.of-a-user';
    const unknown = await cli.run('list promotions', [...member, '--json', '--target-org', refreshToken]);
    expect(errorOf(unknown)).to.include({ status: 1, name: 'NamedOrgNotFoundError' });
    expect(unknown.stdout + unknown.stderr).to.not.contain('secret_token');
  });
});

describe('an org or a network with brief failures', function () {
  this.timeout(240_000);

  it('does not end a command: each read that is lost once is repeated', async () => {
    await using cli = await Cli.create();
    await using shop = await openShop({ members: 2 });
    await sell(shop);
    addVouchers(shop.org);
    const some = (await allCommands(cli)).filter(([words]) => ofEachWay.includes(words));
    const runs = some.map(async ([words, args]) => {
      const lost = new Set<string>();
      await using relay = await Relay.open(shop.org, {
        before: (call) => {
          const question = withoutTimes(call.url);
          if (!isRead(call) || lost.has(question)) return undefined;
          lost.add(question);
          return lost.size % 2 === 0 ? 'cut' : { status: 503, errorCode: 'SERVER_UNAVAILABLE' };
        },
      });
      const ended = await cli.run(words, [...args, '--json'], { org: relay });
      expect(ended.code, `${words}: ${ended.stdout}`).to.equal(0);
      expect(lost.size, words).to.be.above(1);
    });
    await Promise.all(runs);
  });
});

describe('an org whose texts have no end', function () {
  this.timeout(180_000);

  it('fills neither the memory nor the screen', async () => {
    await using cli = await Cli.create();
    await using shop = await openShop({ members: 3 });
    for (const member of shop.members) {
      const given = ['--member', member, '--promotion', 'Ten cups, one free', '--by', '9', '--key', member];
      expect((await cli.run('update progress', given, { org: shop.org })).code).to.equal(0);
    }
    await using relay = await Relay.open(shop.org, {
      changed: (text, { url }) => (/\/query|Promotions/.test(url) ? withLongTexts(text) : text),
    });
    for (const [words, args] of [
      ['list promotions', member],
      ['list progress', ['--near', '10']],
      ['update progress', [...member, '--promotion', 'None', '--by', '1', '--key', 'm']],
    ] as const) {
      const ended = await cli.run(words, args, { org: relay });
      const printed = ended.stdout + ended.stderr;
      expect(ended.code, `${words}: ${printed.slice(0, 1000)}`).to.equal(words === 'update progress' ? 1 : 0);
      expect(printed.length, words).to.be.below(50_000);
      // Text that a table has wrapped.
      expect(printed.replaceAll(/[\s│]/g, ''), words).to.match(/yyy…\(\d{3},\d{3}characters\)/);
    }
  });
});

/** Every text of an answer but those by which the commands look things up. */
function withLongTexts(answer: string): string {
  const kept = /^(?:HR-.*|Harbour Rewards)$/;
  return JSON.stringify(JSON.parse(answer), (key, value: unknown) =>
    typeof value !== 'string' || kept.test(value) || /url|type|Id$|Status|Category|nextRecords/i.test(key)
      ? value
      : value + 'y'.repeat(300_000),
  );
}

/** A question that is asked again may count from another time. */
function withoutTimes(url: string): string {
  return decodeURIComponent(url).replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');
}
