import { expect } from 'chai';
import { joinClub, joinReferralPromotion } from '../../src/client/index.js';
import { SqliteOutbox } from '../../src/outbox/index.js';
import { Cli, errorOf } from '../support/cli.js';
import type { Target } from '../support/cli.js';
import { cartFile, orderFile } from '../support/cliCarts.js';
import { cups, feedOf, harbourMap } from '../support/cliFeed.js';
import { addGames } from '../support/cliGames.js';
import { addClubAndPartner, addCoupons, addVouchers, openShop, sell } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { addReferralPromotion } from '../support/cliReferrals.js';
import { Relay } from '../support/cliRelay.js';
import type { RelayHooks } from '../support/cliRelay.js';
import { PostgresServer } from '../support/postgresServer.js';

const program = ['--program', 'Harbour Rewards'];
const member = ['--member', 'HR-100001'];
const adjustment = ['--type', 'credit', '--reason', 'Till'];
const promotion = ['--promotion', 'Ten cups, one free'];
let keys = 0;

/** Commands of every kind that talk to an org, with correct flags. */
const commands: Record<string, () => string[]> = {
  'enroll member': () => ['--member', `X-${keys++}`, '--last-name', 'Xu'],
  'enroll corporate': () => ['--member', `C-${keys++}`, '--name', 'Xu'],
  'enroll club': () => [...member, '--club', 'Coffee Club'],
  'renew club': () => [...member, '--club', 'Coffee Club', '--end-date', '2091-01-01'],
  'enroll advocate': () => [...member, '--promotion', 'FRIEND'],
  'list referrals': () => member,
  'link partner': () => [...member, '--partner', 'Harbour Ferry'],
  'unlink partner': () => [...member, '--partner', 'Harbour Ferry', '--no-prompt'],
  'assign benefits': () => member,
  'credit points': () => [...member, '--points', '1', '--key', `k-${keys++}`],
  'adjust points': () => [...member, ...adjustment, '--points', '1', '--key', `k-${keys++}`],
  'transfer points': () => [...member, '--to', 'HR-100002', '--points', '1', '--key', `k-${keys++}`],
  'cancel transaction': () => ['--transaction', 'sale-1', '--reason', 'Returned', '--no-prompt'],
  'debit points': () => [...member, '--points', '1', '--key', `k-${keys++}`],
  'update progress': () => [...member, ...promotion, '--by', '1', '--key', `k-${keys++}`],
  'change tier': () => [...member, '--tier', 'Gold', '--reason', 'Test'],
  'enroll promotion': () => [...member, '--promotion', 'Bring your own mug'],
  'leave promotion': () => [...member, '--promotion', 'Bring your own mug'],
  'update member': () => [...member, '--email', 'ines@example.com', '--records'],
  'unenroll member': () => ['--member', 'HR-100002', '--no-prompt', '--records'],
  'execute transactions': () => [...member, '--amount', '1', '--key', `k-${keys++}`],
  'simulate transactions': () => [...member, '--amount', '1'],
  'run process': () => ['--process', 'GetMemberPromotions', '--parameter', 'MembershipNumber=HR-100001'],
  'list members': () => [],
  'list processes': () => [],
  'export program': () => [],
  'export progress': () => ['--output-file', 'near.csv'],
  'report program': () => ['--cache', ':memory:'],
  'list segments': () => ['--cache', ':memory:'],
  'list promotions': () => member,
  'list progress': () => member,
  'display member': () => member,
  'check org': () => [],
  'list trails': () => member,
  'list games': () => member,
  'list badges': () => member,
  'play game': () => member,
  'list transactions': () => member,
  'issue voucher': () => [...member, '--definition', 'Five off a cake', '--key', `k-${keys++}`],
  'redeem coupon': () => [...member, '--code', 'SESAME', '--transaction', 'o-1', '--key', `k-${keys++}`],
  'redeem voucher': () => [...member, '--code', 'BIG', '--amount', '1', '--key', `k-${keys++}`],
  'cancel voucher': () => [...member, '--code', 'SMALL', '--no-prompt'],
  'list vouchers': () => member,
};
/** Commands that work in no program. */
const ofOrgs: Record<string, string[]> = {
  'run job': ['--batch-job', 'Process_Transaction_Journals'],
  'list jobs': [],
  'cancel job': ['--job', '0md000000000001AAA', '--no-prompt'],
};
const writes = [
  'enroll member',
  'enroll corporate',
  'credit points',
  'debit points',
  'adjust points',
  'transfer points',
  'update progress',
  'execute transactions',
  'execute cart',
  'apply rewards',
  'redeem coupon',
  'redeem voucher',
  'create referral',
];
const ofMembers = [
  'enroll club',
  'renew club',
  'enroll advocate',
  'list referrals',
  'link partner',
  'unlink partner',
  'assign benefits',
  'credit points',
  'debit points',
  'adjust points',
  'transfer points',
  'update progress',
  'change tier',
  'update member',
  'enroll promotion',
  'leave promotion',
  'list promotions',
  'list progress',
  'display member',
  'list trails',
  'list games',
  'list badges',
  'play game',
  'list transactions',
  'issue voucher',
  'redeem coupon',
  'redeem voucher',
  'cancel voucher',
  'list vouchers',
  'execute transactions',
  'simulate transactions',
  'simulate cart',
  'execute cart',
  'apply rewards',
];

/** Commands of one kind have one way to begin, so that one of each shows what all do. */
const ofEachKind = ['enroll member', 'credit points', 'list progress', 'display member', 'sync start'];

describe('exit codes of the commands', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;
  let server: PostgresServer;

  before(async () => {
    shop = await openShop({ members: 2 });
    await sell(shop);
    addVouchers(shop.org);
    addCoupons(shop.org);
    addClubAndPartner(shop.org);
    addGames(shop.org);
    const referralCode = await joinClubAndPromotion(shop);
    commands['create referral'] = () => ['--code', referralCode, '--email', `f-${keys++}@example.com`];
    cli = await Cli.create();
    await cli.file('feed.csv', feedOf(cups(['HR-100001'])));
    const cart = await cli.file('cart.json', cartFile);
    const order = await cli.file('order.json', orderFile);
    commands['simulate cart'] = () => [...member, '--file', cart];
    commands['execute cart'] = () => [...member, '--file', cart];
    commands['apply rewards'] = () => [...member, '--file', order, '--key', `k-${keys++}`];
    commands['sync start'] = () => [
      '--file',
      cli.path('feed.csv'),
      '--map',
      harbourMap,
      '--outbox',
      cli.path('o.sqlite'),
    ];
    await (await SqliteOutbox.open(cli.path('empty.sqlite'))).close();
    commands['sync verify'] = () => ['--outbox', cli.path('empty.sqlite')];
    commands['sync serve'] = () => ['--source', 'till', '--port', '0'];
    server = await PostgresServer.start();
    const shared = await server.createDatabase();
    commands['sync worker'] = () => ['--source', 'till', '--outbox', shared, '--exit-when-idle'];
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  /** Runs each command once against the same org, and returns the exit codes. */
  async function codes(names: readonly string[], org: Target, more: readonly string[] = program): Promise<object> {
    const runs = names.map(async (name) => {
      const { code } = await cli.run(name, [...commands[name]!(), ...more, '--json'], { org });
      return [name, code] as const;
    });
    return Object.fromEntries(await Promise.all(runs));
  }

  /** Expects the same code for each of these commands. */
  const all = (names: readonly string[], code: number): object => Object.fromEntries(names.map((name) => [name, code]));

  async function through(hooks: RelayHooks, names: readonly string[]): Promise<object> {
    await using relay = await Relay.open(shop.org, hooks);
    return await codes(names, relay);
  }

  it('0 if all is well', async () => {
    // It ends only at a signal.
    const names = Object.keys(commands).filter((name) => name !== 'sync serve');
    // A club is not part of a definition, so the export of this program is not whole.
    expect(await codes(names, shop.org)).to.deep.equal({ ...all(names, 0), 'export program': 68 });
  });

  it('the same for commands that work in no program; 1 for a job that does not exist', async () => {
    const denied: RelayHooks = { before: () => ({ status: 401, errorCode: 'INVALID_SESSION_ID' }) };
    await using relay = await Relay.open(shop.org, denied);
    const runs = Object.entries(ofOrgs).map(async ([name, args]) => {
      const ended = [shop.org, relay].map((org) => cli.run(name, [...args, '--json'], { org }));
      return [name, (await Promise.all(ended)).map(({ code }) => code)] as const;
    });
    expect(Object.fromEntries(await Promise.all(runs))).to.deep.equal({
      'run job': [0, 69],
      'list jobs': [0, 69],
      'cancel job': [1, 69],
    });
  });

  it('0 if all is well, in a process of its own', async () => {
    const ended = await Promise.all(
      ofEachKind.map(async (name) => {
        const { code } = await cli.runAlone(name, [...commands[name]!(), ...program, '--json'], { org: shop.org });
        return [name, code] as const;
      }),
    );
    expect(Object.fromEntries(ended)).to.deep.equal(all(ofEachKind, 0));
  });

  for (const [what, status, errorCode] of [
    ['the session has expired', 401, 'INVALID_SESSION_ID'],
    ['the user may not do it', 403, 'INSUFFICIENT_ACCESS'],
  ] as const) {
    it(`69 if ${what}`, async () => {
      const names = status === 401 ? Object.keys(commands) : ofEachKind;
      expect(await through({ before: () => ({ status, errorCode }) }, names)).to.deep.equal(all(names, 69));
    });
  }

  it('69 if the org cannot be reached', async () => {
    const names = ofEachKind;
    const nobody = { url: 'http://127.0.0.1:1', accessToken: shop.org.accessToken };
    expect(await codes(names, nobody)).to.deep.equal(all(names, 69));
  });

  it('69 if the session ends or an answer is lost during a write', async () => {
    const isWrite = ({ method }: { method: string }): boolean => method === 'POST';
    const expired = { status: 401, errorCode: 'INVALID_SESSION_ID' };
    expect(await through({ before: (call) => isWrite(call) && expired }, writes)).to.deep.equal(all(writes, 69));
    expect(await through({ before: (call) => isWrite(call) && 'cut' }, writes)).to.deep.equal(all(writes, 69));
  });

  it('68 if the org refuses', async () => {
    const refusal = { status: 400, errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' };
    const hooks = { before: ({ method }: { method: string }) => method === 'POST' && refusal };
    expect(await through(hooks, writes)).to.deep.equal(all(writes, 68));
    await using relay = await Relay.open(shop.org, { before: ({ method }) => method !== 'GET' && refusal });
    const to = await cli.run('update progress', [...member, ...promotion, '--to', '3', ...program], { org: relay });
    expect(to.code).to.equal(68);
  });

  it('68 for one row of a file that cannot be used, whatever happened to the others', async () => {
    const header = 'membershipNumber,lastName';
    const some = await cli.file('some.csv', `${header}\nR-1,Ra\nR-2,\n`);
    const none = await cli.file('none.csv', `${header}\nR-2,\n`);
    const ended = await Promise.all(
      [some, none].map((file) => cli.run('enroll member', ['--file', file, ...program], { org: shop.org })),
    );
    expect(ended.map(({ code }) => code)).to.deep.equal([68, 68]);
  });

  it('1 for a program, a member, a promotion or a file that does not exist', async () => {
    const names = ofEachKind;
    expect(await codes(names, shop.org, ['--program', 'Nope'])).to.deep.equal(all(names, 1));
    const wrong = [
      ...ofMembers.map((name) => [name, commands[name]!().map((arg) => (arg === 'HR-100001' ? 'HR-9' : arg))] as const),
      ['update progress', [...member, '--promotion', 'Eleven cups', '--by', '1']] as const,
      ['enroll promotion', [...member, '--promotion', 'Eleven cups']] as const,
      ['enroll member', ['--file', cli.path('nowhere.csv')]] as const,
    ];
    const ended = await Promise.all(
      wrong.map(([name, args]) => cli.run(name, [...args, ...program], { org: shop.org })),
    );
    expect(ended.map(({ code }) => code)).to.deep.equal(wrong.map(() => 1));
  });

  it('2 for flags that the CLI does not accept', async () => {
    const ended = await cli.run('update progress', [...member, ...promotion, '--json'], { org: shop.org });
    expect(ended.code).to.equal(2);
  });

  for (const [name, flag, value, message] of [
    ['credit points', '--points', '-5', '--points: "-5" is not a number of points.'],
    ['list progress', '--near', '175', '--near: "175" is not below 100 percent'],
    ['list promotions', '--member', '', '--member: The value is empty.'],
    ['sync start', '--settle', 'abc', '--settle: Expected an integer but received: abc'],
    ['sync start', '--batch-size', '5000', '--batch-size: Expected an integer less than or equal to 1000'],
    ['sync serve', '--token-env', 'UNSET', 'The environment variable UNSET cannot be used: it is not set or empty.'],
    ['sync serve', '--port', '70000', '--port: Expected an integer less than or equal to 65535'],
    ['enroll member', '--channel', 'Fax', '--channel: Fax is not an enrollment channel.'],
  ] as const) {
    it(`2 for a value that ${flag} cannot have, and one line that names both`, async () => {
      const args = [...commands[name]!().filter((arg, at, all) => arg !== flag && all[at - 1] !== flag), flag, value];
      const [shown, json] = await Promise.all([
        cli.run(name, args, { org: shop.org }),
        cli.run(name, [...args, '--json'], { org: shop.org }),
      ]);
      expect([shown.code, json.code]).to.deep.equal([2, 2]);
      expect(errorOf(json).message)
        .to.include(message)
        .and.not.match(/Parsing|\t|\n|See more help/);
      expect(shown.stderr.replaceAll(/\s+/g, ' '))
        .to.include(message)
        .and.not.match(/Parsing|\\t/);
    });
  }

  it('1 for an org or a mapping file that is not there, with what to do', async () => {
    const credit = [...commands['credit points']!(), '--target-org', 'nosuch', '--json'];
    const map = ['--file', cli.path('feed.csv'), '--map', cli.path('nomap.yml'), '--json'];
    const [org, mapping] = await Promise.all([
      cli.run('credit points', credit),
      cli.run('sync start', map, { org: shop.org }),
    ]);
    expect([org.code, mapping.code]).to.deep.equal([1, 1]);
    expect(errorOf(org).message).to.equal('--target-org: No authorization information found for nosuch.');
    expect(errorOf(org).actions?.join()).to.include('sf org list');
    expect(errorOf(mapping).message).to.equal(`--map: No file found at ${cli.path('nomap.yml')}`);
    expect(errorOf(mapping).actions?.join()).to.include(cli.home);
  });

  it('130 for an interrupted command, with the command that finds out what happened', async () => {
    for (const [name, path] of [
      ['list progress', '/query'],
      ['credit points', '/program-processes/'],
    ] as const) {
      const under = Promise.withResolvers<undefined>();
      const interrupted = Promise.withResolvers<undefined>();
      await using relay = await Relay.open(shop.org, {
        before: async ({ url }) => {
          if (!url.includes(path)) return;
          under.resolve(undefined);
          await interrupted.promise;
        },
      });
      const running = cli.start(name, [...commands[name]!(), ...program, '--json'], { org: relay });
      await under.promise;
      await running.interrupt();
      const ended = await running.ended;
      interrupted.resolve(undefined);
      expect(ended.code, name).to.equal(130);
      const { actions = [] } = errorOf(ended);
      if (name === 'list progress') expect(actions).to.deep.equal([]);
      else expect(actions[0]).to.match(/sf loyalty credit points --member HR-100001 --points 1 --key k-\d+ --program/);
    }
  });
});

/** Makes the first member a member of the club and an advocate. @returns the code for friends */
async function joinClubAndPromotion({ org, client }: Shop): Promise<string> {
  const membershipNumber = 'HR-100001';
  addReferralPromotion(org);
  const promotion = await client.referrals.promotion('Harbour Rewards', 'FRIEND');
  await joinClub(client, 'Harbour Rewards', { membershipNumber, club: 'Coffee Club' });
  return (await joinReferralPromotion(client, 'Harbour Rewards', { promotion, membershipNumber })).referralCode;
}
