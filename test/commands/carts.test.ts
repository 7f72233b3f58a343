import { expect } from 'chai';
import { ApplyRewardsResult, ExecuteCartResult, SimulateCartResult } from '../../src/cli/results/cartResults.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Target } from '../support/cli.js';
import { addCartPromotions } from '../support/cliCarts.js';
import { openShop, seen } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

const lines = [
  { cartLineItemId: 'a', cartLineProduct: 'Cake', cartLineItemQuantity: 2, cartLineItemAmount: '1012.5' },
  { cartLineItemId: 'b', cartLineProduct: 'Espresso', cartLineItemQuantity: 1, cartLineItemAmount: 2.8 },
];
const cart = {
  ...{ cartHeaderId__std: 'cart-1', membershipNumber: 'HR-100001', currencyISOCode: 'EUR' },
  ...{ activityStartDate: '2026-04-03T08:30:00Z', cartLineDetails: lines },
};

describe('loyalty simulate cart, execute cart and apply rewards', function () {
  this.timeout(90_000);

  let shop: Shop;
  let cli: Cli;
  let promotionId: string;

  before(async () => {
    shop = await openShop({ members: 2 });
    promotionId = addCartPromotions(shop.org);
    cli = await Cli.create();
    await cli.file('cart.json', JSON.stringify({ cart: { cartDetails: [cart] } }));
    await cli.file('unknown.json', JSON.stringify({ cartDetails: [{ ...cart, membershipNumber: 'HR-9' }] }));
    const rewards = [
      { rewardType: 'Points', loyaltyProgramCurrencyName: 'Stars', points: 50 },
      { rewardType: 'Voucher', voucherDefinitionName: 'Five off a cake', voucherCode: 'CAKE-1' },
      { rewardType: 'Discount', discountAmount: '101.25' },
    ];
    const journal = { ActivityDate: '2026-04-03T08:30:00Z', JournalTypeName: 'Accrual', TransactionAmount: 914.05 };
    const applied = { ...journal, MembershipNumber: 'HR-100001', appliedPromotions: [{ promotionId, rewards }] };
    await cli.file('order.json', JSON.stringify({ transactionJournalList: [applied] }));
    const other = { ...applied, TransactionAmount: 914 };
    await cli.file('other.json', JSON.stringify({ transactionJournalList: [other] }));
  });

  beforeEach(() => shop.org.requests.reset());

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const run = (words: string, file: string, args: readonly string[] = [], org: Target = shop.org) =>
    cli.run(words, ['--file', cli.path(file), ...args], { org, columns: 80 });
  const said = ({ stdout }: { stdout: string }) => stdout.split('\n').slice(1, -1);
  const applications = () => seen(shop.org, 'POST', '/promotion-reward');
  const ending = "--program 'Harbour Rewards' --target-org TARGET_ORG";

  it('shows the promotions that a cart is eligible for, also for another member, and writes nothing', async () => {
    const [ended, json] = await Promise.all([
      run('simulate cart', 'cart.json'),
      run('simulate cart', 'unknown.json', ['--member', 'HR-100002', '--json']),
    ]);
    expectScreen('simulate cart', ended, [
      onlyProgram,
      'The cart of HR-100001 in Harbour Rewards is eligible for 2 promotions:',
      '  Welcome back (automatic, until 12/31/2035)',
      '    +50 Stars',
      '    voucher Five off a cake',
      '  Spring (with the coupon SPRING)',
      '    +20 Stars',
      `Nothing was written. To see the prices: sf loyalty execute cart --file ${cli.path('cart.json')} ${ending}`,
    ]);
    const { records, counts } = resultOf(json, SimulateCartResult);
    expect(records.map(({ key, status, coupon }) => [key, status, coupon])).to.deep.equal([
      [promotionId, 'automatic', null],
      [records[1]?.key, 'coupon', 'SPRING'],
    ]);
    expect(records[0]?.rewards[0]).to.deep.equal({
      ...{ rule: 'Welcome back', type: 'CreditFixedPoints' },
      details: { loyaltyProgramCurrencyName: 'Stars', points: '50.0' },
    });
    expect(counts).to.deep.equal({ total: 2 });
    expect(shop.org.store.count('LoyaltyLedger')).to.equal(0);
  });

  it('prices a cart line by line, with what its promotions give', async () => {
    // The local org knows no discounts.
    await using relay = await Relay.open(shop.org, { changed: (text) => withDiscount(text) });
    const [ended, json] = await Promise.all([
      run('execute cart', 'cart.json', [], relay),
      run('execute cart', 'cart.json', ['--json']),
    ]);
    expectScreen('execute cart', ended, [
      onlyProgram,
      'Cart cart-1 of HR-100001: 1,015.3 EUR, less 101.25 EUR, is 914.05 EUR.',
      '┌──────┬──────────┬──────────┬─────────┬──────────┬────────┐',
      '│ Line │ Product  │ Quantity │  Before │ Discount │  After │',
      '├──────┼──────────┼──────────┼─────────┼──────────┼────────┤',
      '│ a    │ Cake     │        2 │ 1,012.5 │   101.25 │ 911.25 │',
      '│ b    │ Espresso │        1 │     2.8 │        0 │    2.8 │',
      '└──────┴──────────┴──────────┴─────────┴──────────┴────────┘',
      '',
      'Applied promotions:',
      '  Welcome back',
      '    +50 Stars',
      '    voucher Five off a cake',
      `To give points and vouchers for the order: sf loyalty apply rewards --file FILE ${ending}`,
    ]);
    const { records, counts } = resultOf(json, ExecuteCartResult);
    expect(records[0]).to.deep.include({ key: 'cart-1', status: 'priced', before: 1015.3, after: 1015.3, discount: 0 });
    expect(records[0]?.promotions).to.deep.equal([
      {
        ...{ key: promotionId, name: 'Welcome back', automatic: true, coupon: null, discount: 0 },
        points: [{ currency: 'Stars', points: 50 }],
        ...{ vouchers: ['Five off a cake'], otherRewards: [] },
      },
    ]);
    expect(counts).to.deep.equal({ priced: 1, missing: 0 });
  });

  it('stores an order with its rewards once per key, from this machine and from another one', async () => {
    const key = ['--key', 'shop:1'];
    const first = await run('apply rewards', 'order.json', key);
    expect(first.code, first.stderr).to.equal(0);
    expectScreen('apply rewards', first, [
      onlyProgram,
      'Stored 1 journal of HR-100001 in Harbour Rewards, which gave:',
      '  +50 Stars, balance 50',
      '  voucher CAKE-1 (Five off a cake)',
      '  discount of 101.25',
      'Key: shop:1',
    ]);
    const [again, elsewhere, other] = await Promise.all([
      run('apply rewards', 'order.json', [...key, '--json']),
      run('apply rewards', 'order.json', [...key, '--json', '--outbox', cli.path('elsewhere.sqlite')]),
      run('apply rewards', 'other.json', [...key, '--json', '--outbox', cli.path('other.sqlite')]),
    ]);
    const journalIds = [shop.org.store.first('TransactionJournal', { ExternalTransactionNumber: 'shop:1' })?.Id];
    const balances = [{ currency: 'Stars', change: 50, balance: 50 }];
    const known = { key: 'shop:1', status: 'known', member: 'HR-100001', journalIds, balances };
    const rewards = {
      ...{ journalId: journalIds[0], games: 0, discounts: [{ type: 'Discount', amount: 101.25 }] },
      vouchers: [{ code: 'CAKE-1', definition: 'Five off a cake' }],
    };
    expect(resultOf(again, ApplyRewardsResult).records).to.deep.equal([{ ...known, rewards: [rewards] }]);
    expect(resultOf(elsewhere, ApplyRewardsResult).records).to.deep.equal([{ ...known, rewards: null }]);
    expect(errorOf(other).message).to.match(/the org has the journal 0lV\w+ .*for 914\.05/);
    expect(other.code).to.equal(68);
    expect(applications()).to.equal(1);
  });

  it('finds out with the same key after a lost answer', async () => {
    await using relay = await Relay.open(shop.org, {
      after: ({ method, url }) => (method === 'POST' && url.includes('/promotion-reward') ? 'cut' : undefined),
    });
    const args = ['--member', 'HR-100002', '--key', 'lost-1'];
    const lost = await run('apply rewards', 'other.json', [...args, '--json'], relay);
    expect(lost.code).to.equal(69);
    expect(resultOf(lost, ApplyRewardsResult).records[0]?.error?.message).to.contain(
      `: sf loyalty apply rewards --file ${cli.path('other.json')} --member HR-100002 --key lost-1 `,
    );
    expect(said(await run('apply rewards', 'other.json', args))).to.deep.equal([
      'Stored before under this key: 1 journal of HR-100002 in Harbour Rewards. Nothing',
      '  was sent. It gave:',
      '  +50 Stars, balance 50',
      '  The answer of the org is not known: "list vouchers" shows the vouchers.',
      'Key: lost-1',
    ]);
    expect(applications()).to.equal(1);
  });

  it('names the file, the place and the value, and sends nothing', async () => {
    await cli.file(
      'spelled.json',
      JSON.stringify({ cartDetails: [{ ...cart, cartLineDetails: [{ cartLineItemAmount: '12,50' }] }] }),
    );
    const { cartHeaderId__std: _, ...nameless } = cart;
    await cli.file('nameless.json', JSON.stringify({ cartDetails: [nameless] }));
    const [spelled, header, order] = await Promise.all([
      run('simulate cart', 'spelled.json', ['--json']),
      run('execute cart', 'nameless.json', ['--json']),
      run('apply rewards', 'cart.json', ['--json']),
    ]);
    expect(errorOf(spelled).message).to.equal(
      `${cli.path('spelled.json')} cannot be used: cartDetails[0].cartLineDetails[0].cartLineItemAmount is "12,50".`,
    );
    expect(errorOf(spelled).actions?.[0]).to.equal('Write a number, or a text with a decimal point such as "12.50".');
    expect(errorOf(header).message).to.contain('cannot be used: cartDetails[0].cartHeaderId__std is missing.');
    expect(errorOf(order).message).to.contain('cannot be used: transactionJournalList is missing.');
    expect([spelled.code, header.code, order.code]).to.deep.equal([1, 1, 1]);
    expect(seen(shop.org, 'POST', '/global-promotions-management/')).to.equal(0);
  });
});

/** Ten percent off the first line. */
function withDiscount(answer: string): string {
  if (!answer.includes('adjustedCartAmount')) return answer;
  const { cart: answered } = JSON.parse(answer) as { cart: { cartDetails: { cartLineDetails: object[] }[] } };
  const [details] = answered.cartDetails;
  const line = { totalCartLineItemDiscountAmount: 101.25, cartLineItemAmountAfterDiscount: 911.25 };
  Object.assign(details?.cartLineDetails[0] ?? {}, line);
  const total = { adjustedCartAmount: 914.05, totalDiscountAmount: 101.25, totalLineLevelDiscountAmount: 101.25 };
  Object.assign(details ?? {}, total);
  return JSON.stringify({ cart: answered });
}
