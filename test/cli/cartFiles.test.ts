import { expect } from 'chai';
import { SfError } from '@salesforce/core';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCart } from '../../src/cli/cartFile.js';
import { readOrder } from '../../src/cli/orderFile.js';
import { failureOf } from '../client/loopback.js';

const cart = { membershipNumber: 'HR-1', currencyISOCode: 'EUR', ownField__c: [1] };
const journal = { ActivityDate: '2026-04-03T08:30:00Z', JournalTypeName: 'Accrual', MembershipNumber: 'HR-1' };

describe('files of carts and orders', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-carts-'));
  });

  after(() => rm(folder, { recursive: true, force: true }));

  const withFile = async (content: unknown): Promise<string> => {
    const file = join(folder, 'x.json');
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };
  const cartOf = async (content: unknown) => readCart(await withFile(content), { needsHeader: false });
  const orderOf = async (journals: unknown, more: object = {}, member?: string) =>
    readOrder(await withFile({ transactionJournalList: journals, ...more }), member);

  /** What is wrong, and what to do. */
  async function complaint(reading: Promise<unknown>): Promise<string> {
    const error = await failureOf(reading);
    if (!(error instanceof SfError)) throw error;
    return `${error.message.replace(/^.*?x\.json cannot be used: /, '')} ${error.actions?.join() ?? ''}`;
  }

  it('have a cart with or without the wrapper of the request, and fields of the org', async () => {
    expect(await cartOf({ cart: { cartDetails: [cart] } })).to.deep.equal({ cartDetails: [cart] });
    expect(await cartOf({ cartDetails: [cart] })).to.deep.equal({ cartDetails: [cart] });
  });

  it('may begin with a byte order mark, as editors on Windows write one', async () => {
    expect(await cartOf(`\ufeff${JSON.stringify({ cartDetails: [cart] })}`)).to.deep.equal({ cartDetails: [cart] });
  });

  it('complain about two carts with one identifier, whose prices could not be told apart', async () => {
    const carts = { cartDetails: ['1', '2', '1'].map((each) => ({ ...cart, cartHeaderId__std: each })) };
    const file = await withFile(carts);
    expect(await complaint(readCart(file, { needsHeader: true }))).to.equal(
      'cartDetails[2].cartHeaderId__std is "1". Give each cart an identifier of its own.',
    );
    expect(await readCart(file, { needsHeader: false })).to.deep.equal(carts);
  });

  for (const [what, content, message] of [
    ['no JSON', '{"cart": ', /^Unexpected end of JSON input\. Name a readable file/],
    [
      'what overflows a stack',
      `{"x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
      /^it is nested more than 100 levels/,
    ],
    ['a list', [cart], /^cartDetails is missing\.|^the content is \[.*"cartDetails"/],
    ['no cart', { cart: { cartDetails: [] } }, /^cart\.cartDetails is \[\]\. Write a list of carts/],
    ['a cart that is none', { cartDetails: ['x'] }, /^cartDetails\[0\] is "x"\. Write a list of carts/],
    ['no currency', { cartDetails: [{}] }, /^cartDetails\[0\]\.currencyISOCode is missing\. Add the code/],
    [
      'a currency in another spelling',
      { cartDetails: [{ currencyIsoCode: 'EUR' }] },
      /^cartDetails\[0\]\.currencyIsoCode is "EUR"\. Spell the name currencyISOCode\./,
    ],
    [
      'a time that is none',
      { cartDetails: [{ ...cart, activityStartDate: 'soon' }] },
      /^cartDetails\[0\]\.activityStartDate is "soon"\. Write a date-time/,
    ],
    [
      'lines that are no list',
      { cartDetails: [{ ...cart, cartLineDetails: {} }] },
      /^cartDetails\[0\]\.cartLineDetails is \{\}\. Write a list of lines/,
    ],
  ] as const) {
    it(`complain about a cart with ${what}`, async () => {
      expect(await complaint(cartOf(content))).to.match(message);
    });
  }

  it('have an order of one member, whom a flag can replace', async () => {
    expect(await orderOf([journal])).to.deep.equal({ journals: [journal], checksCoupons: undefined, member: 'HR-1' });
    const { MembershipNumber: _, ...nobody } = journal;
    expect(await orderOf([nobody], { shouldCheckCouponUsageLimit: true }, 'HR-2')).to.deep.equal({
      ...{ journals: [nobody], checksCoupons: true, member: 'HR-2' },
    });
  });

  for (const [what, change, message] of [
    ['no member', { MembershipNumber: undefined }, /\[0\]\.MembershipNumber is missing\. Name the member/],
    ['no time', { ActivityDate: undefined }, /\[0\]\.ActivityDate is missing\. Add when it took place/],
    ['no type', { JournalTypeName: undefined }, /\[0\]\.JournalTypeName is missing\. Add the type/],
    [
      'a number of its own, which is what the key is for',
      { ExternalTransactionNumber: 'o-1' },
      /\[0\]\.ExternalTransactionNumber is "o-1"\. Remove it, and give the number with --key/,
    ],
    [
      'such a number in another spelling, which the org would take for it',
      { externalTransactionNumber: 'o-1' },
      /\[0\]\.externalTransactionNumber is "o-1"\. Remove it, and give the number with --key/,
    ],
    [
      'a second member in another spelling',
      { membershipNumber: 'HR-2' },
      /\[0\]\.membershipNumber is "HR-2"\. Spell the name MembershipNumber\./,
    ],
    [
      'rewards of no promotion',
      { appliedPromotions: [{ rewards: [] }] },
      /\[0\]\.appliedPromotions\[0\]\.promotionId is missing\. Add the Id/,
    ],
    [
      'a reward of no type',
      { appliedPromotions: [{ promotionId: '0c8', rewards: [{ points: 5 }] }] },
      /\.rewards\[0\]\.rewardType is missing\. Add the type/,
    ],
    [
      'points that are not a number',
      { appliedPromotions: [{ promotionId: '0c8', rewards: [{ rewardType: 'Points', points: 'many' }] }] },
      /\.rewards\[0\]\.points is "many"\. Write a number/,
    ],
  ] as const) {
    it(`complain about an order with ${what}`, async () => {
      expect(await complaint(orderOf([{ ...journal, ...change }]))).to.match(message);
    });
  }

  it('complain about an order of two members, and one whose journals would not be stored', async () => {
    const other = { ...journal, MembershipNumber: 'HR-2' };
    expect(await complaint(orderOf([journal, other]))).to.match(/\[1\]\.MembershipNumber is "HR-2"\. Name the same/);
    const mode = { journalCreationMode: 'None' };
    expect(await complaint(orderOf([journal], mode))).to.match(/^journalCreationMode is "None"\. Remove it/);
  });
});
