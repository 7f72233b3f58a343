import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { EnrollPromotionResult, LeavePromotionResult } from '../../src/cli/results/promotionResults.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Ended, Target } from '../support/cli.js';
import { openShop, writes } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

const mug = 'Bring your own mug';

describe('loyalty enroll promotion, loyalty leave promotion', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;

  before(async () => {
    shop = await openShop({ members: 3 });
    cli = await Cli.create();
  });

  beforeEach(() => shop.org.requests.reset());

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const run = (words: string, args: readonly string[], org: Target = shop.org): Promise<Ended> =>
    cli.run(words, args, { org, columns: 80 });

  it('enrolls once, says what is so already, and ends the enrollment', async () => {
    const wanted = ['--member', 'HR-100001', '--promotion', mug];
    const first = await run('enroll promotion', wanted);
    expectScreen('enroll promotion', first, [onlyProgram, 'HR-100001 is now enrolled in "Bring your own mug".']);

    const again = resultOf(await run('enroll promotion', [...wanted, '--json']), EnrollPromotionResult);
    expect(again.records[0]).to.include({ key: 'HR-100001', status: 'exists', promotionName: mug });
    expect(again.records[0]?.memberPromotionId).to.match(/^1lp/);
    expect(again.counts).to.deep.equal({ enrolled: 0, exists: 1, unchanged: 0, failed: 0, unknown: 0 });
    expect(writes(shop.org)).to.equal(1);

    const left = resultOf(await run('leave promotion', [...wanted, '--json']), LeavePromotionResult);
    expect(left.records[0]).to.include({ status: 'left', memberPromotionId: again.records[0]?.memberPromotionId });
    const absent = await run('leave promotion', wanted);
    expect(absent.code).to.equal(0);
    expectScreen('leave promotion', absent, [onlyProgram, 'HR-100001 is not enrolled in "Bring your own mug".']);
    expect(writes(shop.org)).to.equal(2);
  });

  it('can be repeated after a lost answer', async () => {
    await using relay = await Relay.open(shop.org, {
      after: ({ url }) => url.includes('/program-processes/') && 'cut',
    });
    const wanted = ['--member', 'HR-100002', '--promotion', mug, '--json'];
    const lost = await run('enroll promotion', wanted, relay);
    expect([lost.code, errorOf(lost).actions?.[0]]).to.deep.equal([
      69,
      'The org may have carried out the call. Find out with this command; nothing counts twice: sf loyalty enroll promotion ' +
        `--member HR-100002 --promotion '${mug}' --process EnrollInPromotion --program 'Harbour Rewards' --target-org TARGET_ORG`,
    ]);
    expect(resultOf(await run('enroll promotion', wanted), EnrollPromotionResult).counts.exists).to.equal(1);

    const file = await cli.file('lost.csv', 'membershipNumber;name\nHR-100001;A\n');
    const args = ['--file', file, '--delimiter', ';', '--promotion', mug];
    const unknown = await run('enroll promotion', args, relay);
    expect(unknown.code).to.equal(69);
    expect(unknown.stdout).to.include(
      `Repeat the command to find out about the unknown ones: sf loyalty enroll promotion --file ${file} --delimiter ';' --promotion '${mug}'`,
    );
  });

  it('names the processes and the promotions of the program', async () => {
    const member = ['--member', 'HR-100003'];
    const [process, promotion] = await Promise.all([
      run('leave promotion', [...member, '--promotion', 'Tenth', '--json']),
      run('enroll promotion', [...member, '--promotion', mug, '--process', 'Join', '--json']),
    ]);
    expect(errorOf(process).message).to.equal(
      'The program "Harbour Rewards" has no promotion "Tenth". It has: ' +
        '"Bring your own mug", "Harbour regular", "Ten cups, one free".',
    );
    expect(errorOf(promotion).message).to.include('named "Join". It has: "EnrollInPromotion".');
    expect([process.code, promotion.code]).to.deep.equal([1, 1]);
  });

  it('writes the results of the lines so far when it is interrupted', async () => {
    const second = Promise.withResolvers<undefined>();
    let calls = 0;
    await using relay = await Relay.open(shop.org, {
      before: ({ url }) => {
        if (url.includes('/program-processes/') && ++calls === 2) {
          second.resolve(undefined);
          return new Promise(() => undefined);
        }
        return undefined;
      },
    });
    const file = await cli.file('two.csv', 'membershipNumber\nHR-100001\nHR-100002\n');
    const args = ['--file', file, '--promotion', mug, '--results-file', cli.path('so-far.csv')];
    const running = cli.start('leave promotion', args, { org: relay });
    await second.promise;
    await running.interrupt();
    expect((await running.ended).code).to.equal(130);
    expect(await readFile(cli.path('so-far.csv'), 'utf8')).to.match(/^"line".*\n"2","HR-100001","left",/);
  });

  it('takes the members of a file, and one bad line never stops the others', async () => {
    const file = await cli.file('members.csv', 'name,membershipNumber\nA,HR-100003\nB,HR-9\nC,\nD,HR-100002\n');
    const args = ['--file', file, '--promotion', mug, '--results-file', cli.path('results.csv')];
    const ended = resultOf(await run('enroll promotion', [...args, '--json']), EnrollPromotionResult);
    expect(ended.records.map(({ line, key, error }) => [line, key, error?.code])).to.deep.equal([
      [2, 'HR-100003', undefined],
      [3, 'HR-9', 'UNKNOWN_MEMBER'],
      [4, 'line 4', 'INVALID_ROW'],
      [5, 'HR-100002', undefined],
    ]);
    expect(ended.counts).to.include({ failed: 2, unknown: 0, unchanged: 0 });
    const results = (await readFile(cli.path('results.csv'), 'utf8')).split('\n');
    expect(results[0]).to.equal('"line","key","status","memberId","memberPromotionId","code","message"');
    expect(results[2]).to.match(/^"3","HR-9","failed","","","UNKNOWN_MEMBER","/);
    expect(results).to.have.length(6);

    const lines = ['HR-100003', 'HR-9'].map((membershipNumber) => JSON.stringify({ membershipNumber }));
    const ndjson = await cli.file('members.ndjson', lines.join('\n'));
    const left = await run('leave promotion', ['--file', ndjson, '--promotion', mug]);
    expect(left.code).to.equal(68);
    const said = left.stdout.replaceAll(/\s+/g, ' ');
    expect(said).to.include('HR-9, line 2, failed: UNKNOWN_MEMBER: ');
    expect(said).to.include(`No longer enrolled in "${mug}": 1. Not enrolled before: 0.`);
  });
});
