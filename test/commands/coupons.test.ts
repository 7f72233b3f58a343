import { expect } from 'chai';
import { RedeemCouponResult } from '../../src/cli/results/couponResults.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Target } from '../support/cli.js';
import { addCoupons, openShop, seen } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

describe('loyalty redeem coupon', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;

  before(async () => {
    shop = await openShop({ members: 2 });
    addCoupons(shop.org);
    cli = await Cli.create();
  });

  beforeEach(() => shop.org.requests.reset());

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const member = ['--member', 'HR-100001'];
  const run = (args: readonly string[], org: Target = shop.org) => cli.run('redeem coupon', args, { org, columns: 80 });
  const json = async (args: readonly string[], org?: Target) =>
    resultOf(await run([...args, '--json'], org), RedeemCouponResult);
  const usesOf = (transaction: string) => shop.org.store.find('CouponCodeRedemption', { Transaction: transaction });
  const calls = () => seen(shop.org, 'POST', '/coupons/');

  it('counts a use once per key, and takes it back', async () => {
    const args = [...member, '--code', 'SESAME', '--transaction', 'order-1'];
    expectScreen('redeem coupon', await run([...args, '--key', 'k-1']), [
      onlyProgram,
      'Counted the coupon SESAME of HR-100001 for order-1. Left for this customer: 49.',
      'Key: k-1',
    ]);
    const again = await json([...args, '--key', 'k-1']);
    expect(again.records[0]?.status).to.equal('known');
    expect(calls()).to.equal(1);
    const back = await json([...args, '--reinstate']);
    expect(back.records[0]).to.deep.include({ status: 'done', action: 'reinstate' });
    expect(back.records[0]?.coupons).to.deep.equal([
      { code: 'SESAME', counted: true, remaining: null, remainingForCustomer: 50, reason: null },
    ]);
    expect(usesOf('order-1')).to.deep.equal([]);
  });

  it('says which coupons of an order were not counted, and why', async () => {
    const codes = ['--code', 'LAST', '--code', 'OVER', '--code', 'NOPE'];
    const ended = await run([...member, ...codes, '--transaction', 'order-2', '--key', 'k-2']);
    expect(ended.code).to.equal(68);
    expect(ended.stdout.split('\n').slice(1, 4)).to.deep.equal([
      'Counted the coupon LAST of HR-100001 for order-2. Left: 0.',
      'The coupon OVER was not counted: There is no active coupon OVER.',
      "The coupon NOPE was not counted: Coupon code doesn't exist.",
    ]);
    expect(usesOf('order-2')).to.have.length(1);
  });

  it('can be repeated with its key when all coupons were refused', async () => {
    const args = [...member, '--code', 'LAST', '--transaction', 'order-3', '--key', 'k-3', '--json'];
    const refused = await run(args);
    expect(refused.code).to.equal(68);
    expect(resultOf(refused, RedeemCouponResult).records[0]?.error).to.deep.equal({
      ...{ code: 'COUPONS_REFUSED', message: 'LAST: The coupon LAST is used up.' },
    });
    await json([...member, '--code', 'LAST', '--transaction', 'order-2', '--reinstate']);
    expect((await json(args)).records[0]).to.include({ status: 'done' });
  });

  it('counts for a contact and for an account, and names a wrong Id', async () => {
    const { store } = shop.org;
    const contact = store.insert('Contact', { LastName: 'Xu' });
    const account = store.insert('Account', { Name: 'Pier 4' });
    const order = ['--code', 'SESAME', '--transaction', 'order-4'];
    expect((await json(['--contact', contact, ...order])).records[0]).to.include({ customerId: contact, member: null });
    expect((await json(['--account', account, ...order])).records[0]).to.include({ customerId: account });
    const wrong = await run(['--contact', account, ...order, '--json']);
    expect(errorOf(wrong).message).to.include('is not the Id of a contact');
    expect(usesOf('order-4').map((each) => each['Buyer'])).to.have.members([contact, account]);
  });

  it('finds out after a lost answer, and counts nothing twice', async () => {
    const cut = { after: ({ method, url }: { method: string; url: string }) => lost(method, url) };
    await using relay = await Relay.open(shop.org, cut);
    const args = [...member, '--code', 'SESAME', '--code', 'OVER', '--transaction', 'order-5', '--key', 'k-5'];
    const open = await run([...args, '--json'], relay);
    expect(open.code).to.equal(69);
    expect(resultOf(open, RedeemCouponResult).records[0]?.error?.message).to.include('--transaction order-5 --key k-5');
    const found = await run([...args, '--json']);
    expect(found.code, 'OVER was not counted').to.equal(68);
    const { records } = resultOf(found, RedeemCouponResult);
    expect(records[0]?.status).to.equal('known');
    expect(records[0]?.coupons?.map(({ code, counted }) => [code, counted])).to.deep.equal([
      ['SESAME', true],
      ['OVER', false],
    ]);
    expect([calls(), usesOf('order-5').length]).to.deep.equal([1, 1]);
  });

  it('claims nothing if the org does not show what a lost call has done, and does not send again', async () => {
    const cut = { before: ({ method, url }: { method: string; url: string }) => lost(method, url) };
    await using relay = await Relay.open(shop.org, cut);
    const args = [...member, '--code', 'SESAME', '--transaction', 'order-6', '--key', 'k-6'];
    expect((await run(args, relay)).code).to.equal(69);
    const unclear = await run([...args, '--json']);
    expect(unclear.code).to.equal(68);
    expect(resultOf(unclear, RedeemCouponResult).records[0]).to.include({ status: 'unclear', coupons: null });
    expect(calls()).to.equal(0);
  });

  function lost(method: string, url: string): 'cut' | undefined {
    return method === 'POST' && url.includes('/coupons/') ? 'cut' : undefined;
  }
});
