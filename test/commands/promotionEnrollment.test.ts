import { expect } from 'chai';
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
    expect(again.counts).to.deep.equal({ enrolled: 0, exists: 1, unchanged: 0 });
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
      'Repeat the command, with the same --key if it has one. It finds out what happened, and nothing counts twice.',
    ]);
    expect(resultOf(await run('enroll promotion', wanted), EnrollPromotionResult).counts.exists).to.equal(1);
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
});
