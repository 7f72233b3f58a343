import { expect } from 'chai';
import nock from 'nock';
import { failureOf } from './loopback.js';
import { clientOnTheWire, contentType, origin } from './wire.js';

/** The exact requests, and answers as in the guide. */
describe('requests about the use of coupons', () => {
  const { coupons } = clientOnTheWire();
  const increase = '/global-promotions-management/coupons/usage-increase';
  const decrease = '/global-promotions-management/coupons/usage-decrease';
  const use = {
    codes: ['QWERTY', 'ABCD'],
    time: '2024-10-05T12:45:19Z',
    transactionNumber: '0lVxx000000006T',
    customerId: '0lMxx0000000001',
  };
  const body = {
    couponCodeList: ['QWERTY', 'ABCD'],
    activityDateTime: '2024-10-05T12:45:19Z',
    externalTransactionNumber: '0lVxx000000006T',
    customerId: '0lMxx0000000001',
  };
  const sample = [
    {
      couponCode: 'QWERTY',
      isSuccess: true,
      redemptionLimit: 10,
      redemptionLimitPerCustomer: 3,
      remainingRedemptionCount: 6,
      remainingRedemptionCountForCustomer: 1,
    },
    { couponCode: 'ABCD', errorMessage: "Coupon code doesn't exist.", isSuccess: false },
  ];

  const answering = (path: string, answer: nock.Body) =>
    nock(origin, { reqheaders: { 'content-type': 'application/json' } })
      .post(`/services/data/v66.0${path}`, body)
      .reply(200, answer, contentType);

  it('an increase, answered by the list of the sample', async () => {
    answering(increase, sample);
    expect(await coupons.increaseUsage(use)).to.deep.equal(sample);
  });

  it('a decrease, answered by the list under the key of the table', async () => {
    answering(decrease, { couponUsageResultList: sample });
    expect(await coupons.decreaseUsage(use)).to.deep.equal(sample);
  });

  it('an answer with fewer results than coupons leaves open what happened', async () => {
    answering(increase, { couponUsageResultList: sample.slice(1) });
    const error = await failureOf(coupons.increaseUsage(use));
    expect(error).to.include({ name: 'LostAnswerError' });
    expect((error as Error).message).to.include('1 result to 2 coupons');
  });
});
