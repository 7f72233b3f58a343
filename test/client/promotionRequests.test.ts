import { expect } from 'chai';
import nock from 'nock';
import { changeEnrollment } from '../../src/client/index.js';
import { clientOnTheWire, contentType, origin } from './wire.js';

const keys = { memberId: '0lMAb0000004T7uAAE', promotionId: '0c8Ab0000000001AAA' };
const parameters = { MemberId: keys.memberId, PromotionId: keys.promotionId };
const memberPromotion = '1lpAb0000000001AAA';
const processes = '/services/data/v66.0/connect/loyalty/programs/Harbour%20Rewards/program-processes';

/** Enrolling in a promotion and leaving it, as in the guide: "Enroll for Promotions" and "Opt Out from a Promotion". */
describe('requests for taking part in promotions', () => {
  const client = clientOnTheWire();

  /** The org expects one call of the process, and answers it with these results. */
  function processAnswers(name: string, results: object[]): nock.Scope {
    return nock(origin)
      .post(`${processes}/${name}`, { processParameters: [parameters] })
      .reply(
        200,
        { message: null, outputParameters: { outputParameters: { results } }, simulationDetails: {}, status: true },
        contentType,
      );
  }

  function storedEnrollment(...ids: string[]): nock.Scope {
    return nock(origin)
      .get(/\/query/)
      .query(({ q }) => /FROM LoyaltyProgramMbrPromotion .*IsEnrollmentActive = true/.test(String(q)))
      .reply(200, { totalSize: ids.length, done: true, records: ids.map((Id) => ({ Id })) }, contentType);
  }

  it('enrolling, by the process under its name in the org', async () => {
    const results = [{ MemberId: keys.memberId, LoyaltyProgramMbrPromotionId: memberPromotion }];
    processAnswers('Enroll%20Promotion', results);
    const request = { ...keys, processName: 'Enroll Promotion' };
    expect(await client.promotions.enroll('Harbour Rewards', request)).to.deep.equal({
      memberPromotionId: memberPromotion,
    });
  });

  it('enrolling, with the single key of the SDKs and of the v56 guide', async () => {
    processAnswers('EnrollInPromotion', [{ MemberId: memberPromotion }]);
    expect(await client.promotions.enroll('Harbour Rewards', keys)).to.deep.equal({
      memberPromotionId: memberPromotion,
    });
  });

  it('leaving', async () => {
    processAnswers('OptOutPromotion', [{ LoyaltyProgramMbrPromotionId: memberPromotion }]);
    expect(await client.promotions.leave('Harbour Rewards', keys)).to.deep.equal({
      memberPromotionId: memberPromotion,
    });
  });

  it('nothing is sent for what is so already', async () => {
    storedEnrollment(memberPromotion);
    const enrolled = await changeEnrollment(client, 'Harbour Rewards', { ...keys, isEnrolled: true });
    expect(enrolled).to.deep.equal({ status: 'already', memberPromotionId: memberPromotion });
    storedEnrollment();
    const left = await changeEnrollment(client, 'Harbour Rewards', { ...keys, isEnrolled: false });
    expect(left).to.deep.equal({ status: 'already', memberPromotionId: null });
  });

  it('a success without a result, whose rule is not active, is no change unless the org has one', async () => {
    const change = { ...keys, isEnrolled: true };
    storedEnrollment();
    processAnswers('EnrollInPromotion', []);
    storedEnrollment();
    expect((await changeEnrollment(client, 'Harbour Rewards', change)).status).to.equal('none');
    storedEnrollment();
    processAnswers('EnrollInPromotion', []);
    storedEnrollment(memberPromotion);
    expect(await changeEnrollment(client, 'Harbour Rewards', change)).to.deep.equal({
      status: 'changed',
      memberPromotionId: memberPromotion,
    });
  });
});
