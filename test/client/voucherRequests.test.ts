import { Connection } from '@jsforce/jsforce-node';
import { expect } from 'chai';
import nock from 'nock';
import { LoyaltyClient, verdict } from '../../src/client/index.js';
import { issueVoucher } from '../../src/contract/actions/voucherActions.js';
import { failureOf } from './loopback.js';
import { clientOnTheWire, contentType, origin } from './wire.js';

const program = 'Harbour Rewards';
const voucher = { membershipNumber: 'WX-20417', voucherCode: 'V1R2T3U4' };

/** The exact requests, and answers as in the guide. */
describe('requests about vouchers', () => {
  const client = clientOnTheWire();

  const posting = (path: string, body: nock.RequestBodyMatcher, answer: nock.Body, status = 200) =>
    nock(origin, { reqheaders: { accept: 'application/json', 'content-type': 'application/json' } })
      .post(`/services/data/v66.0${path}`, body)
      .reply(status, answer, contentType);
  const redeeming = (body: nock.RequestBodyMatcher, answer: nock.Body, status = 201) =>
    posting('/loyalty/programs/Harbour%20Rewards/members/WX-20417/vouchers/V1R2T3U4/redeem', body, answer, status);

  it('issue: the action, with what is given', async () => {
    const given = { VoucherDefinitionName: 'Five off', ProgramName: program, VoucherCode: 'HELLO' };
    const more = { LoyaltyProgramMemberId: '0lMAb0000004T7uAAE', FaceValue: 5, ExpiryDate: '2026-12-31' };
    const outputValues = { VoucherId: '0kDAb0000000001AAA' };
    posting('/actions/standard/issueVoucher', { inputs: [{ ...given, ...more, AdditionalNotes: 'n' }] }, [
      { actionName: 'issueVoucher', errors: null, isSuccess: true, outputValues },
    ]);
    const id = await client.vouchers.issue(program, {
      ...{ definition: 'Five off', code: 'HELLO', memberId: '0lMAb0000004T7uAAE', faceValue: 5 },
      ...{ expirationDate: '2026-12-31', notes: 'n' },
    });
    expect(id).to.equal('0kDAb0000000001AAA');
  });

  it('issue: to an account or a contact, with everything else that can be given', async () => {
    const given = {
      VoucherDefinitionName: 'Fifth off',
      ProgramName: program,
      DiscountPercent: 20,
      EffectiveDate: '2026-05-01',
      JournalId: '0lVAb0000000001AAA',
      PromotionId: '0c8Ab0000000001AAA',
      BenefitId: '0jiAb0000000001AAA',
    };
    const request = {
      ...{ definition: 'Fifth off', discountPercent: 20, effectiveDate: '2026-05-01' },
      ...{ journalId: given.JournalId, promotionId: given.PromotionId, benefitId: given.BenefitId },
    };
    const outputValues = { VoucherId: '0kDAb0000000001AAA' };
    for (const [sent, recipient] of [
      [{ AccountId: '001Ab0000000001AAA' }, { accountId: '001Ab0000000001AAA' }],
      [{ ContactId: '003Ab0000000001AAA' }, { contactId: '003Ab0000000001AAA' }],
    ] as const) {
      posting('/actions/standard/issueVoucher', { inputs: [{ ...given, ...sent }] }, [
        { actionName: 'issueVoucher', errors: null, isSuccess: true, outputValues },
      ]);
      expect(await client.vouchers.issue(program, { ...request, ...recipient })).to.equal('0kDAb0000000001AAA');
    }
  });

  it('issue: the action itself, with the notes under the key of the sample', async () => {
    const inputs = { VoucherDefinitionName: 'Five off', Reason: 'Late delivery' };
    const outputValues = { VoucherId: '0kDAb0000000001AAA' };
    posting('/actions/standard/issueVoucher', { inputs: [inputs] }, [
      { actionName: 'issueVoucher', errors: null, isSuccess: true, outputValues },
    ]);
    expect(await client.actions.run(issueVoucher, inputs)).to.deep.equal(outputValues);
  });

  it('redeem and reserve: for a contact, in a currency', async () => {
    const who = { contactId: '003Ab0000000001AAA', currencyIsoCode: 'EUR' };
    const sent = { contactID: '003Ab0000000001AAA', currencyIsoCode: 'EUR' };
    redeeming({ action: 'Redeem', ...sent }, { remainingAmount: 0 });
    expect(await client.vouchers.redeem(program, voucher, who)).to.deep.equal({ remainingAmount: 0 });
    redeeming({ action: 'Reserve', reservationKey: 'k2', ...sent }, { status: 'Reserved' });
    const reserved = await client.vouchers.reserve(program, voucher, { reservationKey: 'k2', ...who });
    expect(reserved).to.deep.equal({ status: 'Reserved' });
  });

  it('redeem: a part, and one of several vouchers by its number', async () => {
    const answer = { remainingAmount: 98.32, status: 'Redeemed', currencyIsoCode: 'EUR' };
    posting(
      '/loyalty/programs/Harbour%20Rewards/members/WX-20417/vouchers/V1R2%2F%26/redeem?voucherNumber=00000023',
      { action: 'Redeem', redeemAmount: 1.68 },
      answer,
      201,
    );
    const one = { membershipNumber: 'WX-20417', voucherCode: 'V1R2/&', voucherNumber: '00000023' };
    expect(await client.vouchers.redeem(program, one, { amount: 1.68 })).to.deep.equal(answer);
  });

  it('reserve, redeem the reservation, and reinstate', async () => {
    const reserved = { reservationKey: 'k1', reservedValue: 16.34, status: 'Reserved', currencyIsoCode: 'EUR' };
    redeeming({ action: 'Reserve', reservationKey: 'k1', reservedValue: 16.34 }, reserved);
    const request = { reservationKey: 'k1', value: 16.34 };
    expect(await client.vouchers.reserve(program, voucher, request)).to.deep.equal(reserved);
    redeeming({ action: 'Redeem', reservationKey: 'k1' }, { remainingAmount: '0.0', status: 'Redeemed' });
    const redeemed = await client.vouchers.redeem(program, voucher, { reservationKey: 'k1' });
    expect(redeemed).to.deep.equal({ remainingAmount: 0, status: 'Redeemed' });
    redeeming({ action: 'Reinstate', reservationKey: 'k1' }, { status: 'Expired' });
    expect(await client.vouchers.reinstate(program, voucher, 'k1')).to.deep.equal({ status: 'Expired' });
  });

  it('redeem: without an action where the version has none', async () => {
    nock(origin)
      .post('/services/data/v60.0/loyalty/programs/Harbour%20Rewards/members/WX-20417/vouchers/V1R2T3U4/redeem', {})
      .reply(201, { remainingAmount: 0 }, contentType);
    const connection = new Connection({ instanceUrl: origin, accessToken: '00D!token', version: '60.0' });
    const old = new LoyaltyClient(connection);
    expect(await old.vouchers.redeem(program, voucher)).to.deep.equal({ remainingAmount: 0 });
  });

  it('a success without any of the documented keys is unknown, never taken for redeemed', async () => {
    redeeming({ action: 'Redeem' }, { done: true });
    const error = await failureOf(client.vouchers.redeem(program, voucher));
    expect(error).to.include({ name: 'LostAnswerError', kind: 'unreadable' });
    expect(verdict(error).kind).to.equal('unknown');
  });

  for (const [status, code, kind] of [
    [400, 'INVALID_API_INPUT', 'refused'],
    [409, 'ALREADY_REDEEMED_VOUCHER', 'refused'],
    [500, 'MULTIPLE_VOUCHERS', 'refused'],
    [500, 'UNKOWN_EXCEPTION', 'unknown'],
  ] as const) {
    it(`${status} ${code}: ${kind}`, async () => {
      redeeming({ action: 'Redeem' }, [{ errorCode: code, message: 'See the guide.' }], status);
      const error = await failureOf(client.vouchers.redeem(program, voucher));
      expect(error).to.include({ name: 'LoyaltyApiError', status, errorCode: code });
      expect(verdict(error).kind).to.equal(kind);
    });
  }

  it('cancel: the process, by its name in the org', async () => {
    const results = [{ VoucherId: '0kDAb0000000001AAA' }];
    posting(
      '/connect/loyalty/programs/Harbour%20Rewards/program-processes/Void%20it',
      { processParameters: [{ MembershipNumber: 'WX-20417', VoucherCode: 'V1R2T3U4' }] },
      { message: null, outputParameters: { outputParameters: { results } }, simulationDetails: {}, status: true },
    );
    const cancelled = await client.vouchers.cancel(program, { ...voucher, processName: 'Void it' });
    expect(cancelled).to.deep.equal({ voucherId: '0kDAb0000000001AAA' });
  });

  it('the list: a row that calls its Id id, as the page of the SDK does', async () => {
    nock(origin)
      .get('/services/data/v66.0/loyalty/programs/P/members/M/vouchers')
      .reply(200, { voucherCount: 1, vouchers: [{ id: '0kDAb0000000001AAA' }] }, contentType);
    const [row] = await client.members.vouchers('P', 'M');
    expect(row?.voucherId).to.equal('0kDAb0000000001AAA');
  });
});
