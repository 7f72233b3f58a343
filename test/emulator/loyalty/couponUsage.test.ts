import { expect } from 'chai';
import { couponEndpoints } from '../../../src/contract/endpoints/couponEndpoints.js';
import type { Answer } from '../restClient.js';
import { ExampleOrg, purchase } from './exampleProgram.js';

type Row = Record<string, unknown>;

describe('the use of coupons without a journal', () => {
  let org: ExampleOrg;
  let promotionId: string;
  let body: Row;

  before(async () => {
    org = await ExampleOrg.start();
    await org.withMembers('WX-1', 'WX-2');
    promotionId = org.addPromotion('Welcome back');
  });

  after(() => org[Symbol.asyncDispose]());

  beforeEach(async () => {
    const { store } = org.emulator;
    for (const { Id } of store.find('Coupon', {})) store.delete('Coupon', Id, { as: 'org' });
    for (const { Id } of store.find('CouponCodeRedemption', {}))
      store.delete('CouponCodeRedemption', Id, { as: 'org' });
    body = {
      couponCodeList: ['SESAME'],
      activityDateTime: '2026-03-01T10:00:00Z',
      externalTransactionNumber: 'cart-1',
      customerId: await org.memberId('WX-1'),
    };
  });

  const add = (more: Row = {}): string =>
    org.emulator.store.insert('Coupon', {
      ...{ Name: 'c', CouponCode: 'SESAME', Status: 'Active', PromotionId: promotionId, ...more },
    });
  const call = (way: string, more: Row = {}): Promise<Answer> =>
    org.api.post(`/global-promotions-management/coupons/usage-${way}`, { ...body, ...more });
  const result = async (way: string, more: Row = {}): Promise<Row> => {
    const { status, body: answer } = await call(way, more);
    expect(status, JSON.stringify(answer)).to.equal(200);
    couponEndpoints.increase.response.parse(answer);
    return answer.couponUsageResultList[0];
  };
  const uses = () => org.count('CouponCodeRedemption');

  it('counts down both limits, and refuses a use more than either allows', async () => {
    add({ RedemptionLimitAllBuyers: 3, RedemptionLimitPerBuyer: 2 });
    expect(await result('increase')).to.deep.equal({
      ...{ couponCode: 'SESAME', isSuccess: true, redemptionLimit: 3, redemptionLimitPerCustomer: 2 },
      ...{ remainingRedemptionCount: 2, remainingRedemptionCountForCustomer: 1 },
    });
    const [row] = await org.rows('SELECT Buyer, Transaction, Coupon.CouponCode FROM CouponCodeRedemption');
    expect(row).to.deep.include({ Buyer: body['customerId'], Transaction: 'cart-1' });
    await result('increase', { externalTransactionNumber: 'cart-2' });
    const refused = { couponCode: 'SESAME', isSuccess: false, errorMessage: 'The coupon SESAME is used up.' };
    expect(await result('increase', { externalTransactionNumber: 'cart-3' }), 'by the customer').to.deep.equal(refused);
    const other = { customerId: await org.memberId('WX-2') };
    expect(await result('increase', other)).to.include({ isSuccess: true, remainingRedemptionCount: 0 });
    expect(await result('increase', other), 'by all').to.deep.equal(refused);
    expect(await uses()).to.equal(3);
  });

  it('leaves limits out that a coupon does not have, and takes contacts, accounts and short Ids', async () => {
    add();
    const { store } = org.emulator;
    const contact = store.insert('Contact', { LastName: 'Xu' });
    const account = store.insert('Account', { Name: 'Pier 4' });
    for (const customerId of [contact, account, contact.slice(0, 15)]) {
      expect(await result('increase', { customerId })).to.deep.equal({ couponCode: 'SESAME', isSuccess: true });
    }
    expect(store.find('CouponCodeRedemption', { Buyer: contact })).to.have.length(2);
  });

  it('counts once more when a transaction number comes again', async () => {
    add({ RedemptionLimitAllBuyers: 5 });
    await result('increase');
    expect(await result('increase')).to.include({ remainingRedemptionCount: 3 });
    expect(await result('decrease')).to.include({ remainingRedemptionCount: 4 });
  });

  it('takes a use back only for its transaction and customer, and never below zero', async () => {
    const id = add({ RedemptionLimitAllBuyers: 1 });
    await result('increase');
    const none = (number: string) => ({
      ...{ couponCode: 'SESAME', isSuccess: false },
      errorMessage: `This customer has not used the coupon for the transaction ${number}.`,
    });
    const elsewhere = { externalTransactionNumber: 'cart-9' };
    expect(await result('decrease', elsewhere)).to.deep.equal(none('cart-9'));
    expect(await result('decrease', { customerId: await org.memberId('WX-2') })).to.deep.equal(none('cart-1'));
    org.emulator.store.update('Coupon', id, { Status: 'Inactive' });
    expect(await result('decrease'), 'also when it is no longer active').to.include({
      ...{ isSuccess: true, remainingRedemptionCount: 1 },
    });
    expect(await result('decrease')).to.deep.equal(none('cart-1'));
    expect(await uses()).to.equal(0);
  });

  it('takes back what a journal has used, by the Id of the journal in either length', async () => {
    add();
    const given = { ...purchase('WX-1', '4'), appliedPromotions: [{ promotionId, couponCode: 'SESAME', rewards: [] }] };
    const rewards = { transactionJournalList: [given], shouldCheckCouponUsageLimit: true };
    const { body: answer } = await org.api.post('/global-promotions-management/promotion-reward', rewards);
    const journalId: string = answer.transactionJournalList[0].id;
    const short = { externalTransactionNumber: journalId.slice(0, 15) };
    expect(await result('decrease', short)).to.include({ isSuccess: true });
    expect(await uses()).to.equal(0);
  });

  it('judges each coupon by itself: unknown, not active, not begun, over', async () => {
    add();
    add({ CouponCode: 'DRAFT', Status: 'Draft' });
    add({ CouponCode: 'LATER', StartDateTime: '2026-03-01T10:00:01Z' });
    add({ CouponCode: 'OVER', EndDateTime: '2026-03-01T09:59:59Z' });
    const couponCodeList = ['NOPE', 'DRAFT', 'LATER', 'OVER', 'SESAME'];
    const { body: answer } = await call('increase', { couponCodeList });
    expect(
      answer.couponUsageResultList.map((each: Row) => [each['couponCode'], each['errorMessage'] ?? each['isSuccess']]),
    ).to.deep.equal([
      ['NOPE', "Coupon code doesn't exist."],
      ['DRAFT', 'There is no active coupon DRAFT.'],
      ['LATER', 'There is no active coupon LATER.'],
      ['OVER', 'There is no active coupon OVER.'],
      ['SESAME', true],
    ]);
    expect(await uses()).to.equal(1);
  });

  it('refuses a request without its inputs, of nobody and at no time', async () => {
    add();
    const bad: [Row, string, string][] = [
      [{ couponCodeList: [] }, 'JSON_PARSER_ERROR', '[]'],
      [{ externalTransactionNumber: '' }, 'REQUIRED_FIELD_MISSING', 'externalTransactionNumber'],
      [{ customerId: promotionId }, 'INVALID_API_INPUT', promotionId],
      [{ activityDateTime: 'soon' }, 'INVALID_API_INPUT', 'activityDateTime'],
    ];
    for (const way of ['increase', 'decrease']) {
      for (const [more, errorCode, word] of bad) {
        const { status, body: answer } = await call(way, more);
        expect([status, answer[0].errorCode, answer[0].message.includes(word)], answer[0].message).to.deep.equal([
          ...[400, errorCode, true],
        ]);
      }
    }
    expect(await uses()).to.equal(0);
  });
});
