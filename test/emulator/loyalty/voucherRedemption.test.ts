import { expect } from 'chai';
import { voucherEndpoints } from '../../../src/contract/endpoints/voucherEndpoints.js';
import { RestClient } from '../restClient.js';
import type { Answer } from '../restClient.js';
import { ExampleOrg } from './exampleProgram.js';

const clock = { now: () => Date.parse('2026-03-10T12:00:00Z'), sleep: () => Promise.resolve() };

function refusal({ status, body }: Answer): unknown[] {
  return [status, body[0].errorCode];
}

const invalid = [400, 'INVALID_API_INPUT'];
const otherwise = [500, 'UNKOWN_EXCEPTION'];

describe('redeeming a voucher', () => {
  let org: ExampleOrg;
  let memberId: string;
  const definitions: Record<string, string> = {};

  before(async () => {
    org = await ExampleOrg.start({ clock });
    await org.withMembers('WX-1', 'WX-2');
    memberId = await org.memberId('WX-1');
    const define = (Name: string, more: Record<string, unknown>) =>
      org.emulator.store.insert('VoucherDefinition', {
        ...{ Name, EffectiveDate: '2026-01-01', ExpirationType: 'FixedDate', IsActive: true, Type: 'FixedValue' },
        ...more,
      });
    definitions['parts'] = define('In parts', { IsPartialRedeemable: true });
    definitions['whole'] = define('At once', {});
    definitions['percent'] = define('A fifth', { Type: 'DiscountPercentage' });
    definitions['off'] = define('No longer', { IsActive: false });
  });

  after(() => org[Symbol.asyncDispose]());

  /** Issues a voucher of 50, valid through today. @returns its id */
  function issue(VoucherCode: string, definition = 'parts', more: Record<string, unknown> = {}): string {
    return org.emulator.store.insert('Voucher', {
      ...{ VoucherCode, EffectiveDate: '2026-03-01', ExpirationDate: '2026-03-10', FaceValue: 50 },
      ...{ VoucherDefinitionId: definitions[definition], LoyaltyProgramMemberId: memberId, ...more },
    });
  }

  function redeem(code: string, body?: unknown, query = '', version = 'v66.0'): Promise<Answer> {
    const path = `/loyalty/programs/Harbour%20Rewards/members/wx-1/vouchers/${code}/redeem${query}`;
    return new RestClient(org.emulator, undefined, version).send('POST', path, body);
  }

  const row = (id: string) => org.emulator.store.get('Voucher', id);

  it('takes everything without a body, answers 201, and notes the day', async () => {
    const id = issue('ALL');
    const { status, body } = await redeem('all');
    expect({ status, body }).to.deep.equal({ status: 201, body: { remainingAmount: 0, status: 'Redeemed' } });
    voucherEndpoints.redeem.response.parse(body);
    expect(row(id)).to.include({ Status: 'Redeemed', UseDate: '2026-03-10', RedeemedValue: 50, RemainingValue: 0 });
    expect(refusal(await redeem('ALL'))).to.deep.equal([409, 'ALREADY_REDEEMED_VOUCHER']);
  });

  it('takes a part, in either spelling, and as a text; the rest can still be redeemed', async () => {
    const id = issue('PART');
    const first = await redeem('PART', { redeemAmount: 33.7 });
    expect(first.body).to.deep.equal({ remainingAmount: 16.3, status: 'Redeemed' });
    expect(row(id)).to.include({ Status: 'Issued', RemainingValue: 16.3 });
    expect((await redeem('PART', { redemptionAmount: '16.2' })).body.remainingAmount).to.equal(0.1);
    expect((await redeem('PART', { action: 'redeem', contactId: '003', accountId: '001' })).status).to.equal(201);
    expect(row(id)).to.include({ Status: 'Redeemed', RedeemedValue: 50 });
  });

  it('refuses an amount that the voucher does not have, or cannot give, with the published code for the rest', async () => {
    issue('MUCH');
    issue('WHOLE', 'whole');
    issue('FIFTH', 'percent', { FaceValue: null, DiscountPercent: 20 });
    for (const [code, redeemAmount] of [
      ['MUCH', 50.01],
      ['MUCH', 0],
      ['MUCH', -5],
      ['WHOLE', 10],
      ['FIFTH', 10],
    ] as const) {
      expect(refusal(await redeem(code, { redeemAmount })), `${code} ${redeemAmount}`).to.deep.equal(otherwise);
    }
    expect((await redeem('WHOLE', { redeemAmount: 50 })).status).to.equal(201);
    expect((await redeem('FIFTH')).body).to.deep.equal({ remainingAmount: 0, status: 'Redeemed' });
    expect(refusal(await redeem('MUCH', { redeemAmount: 'ten' }))).to.deep.equal([400, 'JSON_PARSER_ERROR']);
    expect(refusal(await redeem('MUCH', { amount: 1 }))).to.deep.equal([400, 'JSON_PARSER_ERROR']);
  });

  it('refuses a voucher that is over, not yet valid, unknown or another member’s', async () => {
    const spent = { ExpirationDate: '2026-03-09' };
    issue('LATE', 'parts', spent);
    issue('EXPIRED', 'parts', { Status: 'Expired' });
    issue('GONE', 'parts', { Status: 'Cancelled' });
    issue('SOON', 'parts', { EffectiveDate: '2026-03-11', ExpirationDate: '2026-12-31' });
    issue('OFF', 'off');
    for (const code of ['LATE', 'EXPIRED', 'GONE', 'SOON', 'OFF', 'NEVER']) {
      expect(refusal(await redeem(code)), code).to.deep.equal(invalid);
    }
    const [{ message }] = (await redeem('OFF')).body as unknown as [{ message: string }];
    expect(message).to.equal('The voucher OFF cannot be used: its definition is not active.');
    issue('MINE');
    const of = (program: string, member: string) =>
      org.api.post(`/loyalty/programs/${program}/members/${member}/vouchers/MINE/redeem`, {});
    expect(refusal(await of('Harbour%20Rewards', 'WX-2'))).to.deep.equal(invalid);
    expect(refusal(await of('Harbour%20Rewards', 'WX-9'))).to.deep.equal(invalid);
    expect(refusal(await of('None', 'WX-1'))).to.deep.equal(invalid);
  });

  it('asks for the number if several vouchers have the code', async () => {
    const [first, second] = [issue('TWIN'), issue('TWIN')];
    expect(refusal(await redeem('TWIN', {}))).to.deep.equal([500, 'MULTIPLE_VOUCHERS']);
    expect((await redeem('TWIN', {}, `?voucherNumber=${String(row(second)?.['Name'])}`)).status).to.equal(201);
    expect([first, second].map((id) => row(id)?.['Status'])).to.deep.equal(['Issued', 'Redeemed']);
  });

  it('reserves a part under a key, which redeeming and giving up need', async () => {
    const id = issue('HELD');
    const reserve = { action: 'Reserve', reservationKey: 'k1', reservedValue: 16.34 };
    const { status, body } = await redeem('HELD', reserve);
    expect(status).to.equal(201);
    expect(body).to.deep.equal({ reservationKey: 'k1', reservedValue: 16.34, status: 'Reserved' });
    expect(row(id)).to.include({ Status: 'Reserved', ReservationKey: 'k1', ReservedValue: 16.34 });
    for (const wrong of [{}, { reservationKey: 'k2' }, { action: 'Reinstate', reservationKey: 'k2' }, reserve]) {
      expect(refusal(await redeem('HELD', wrong)), JSON.stringify(wrong)).to.deep.equal(invalid);
    }
    expect((await redeem('HELD', { action: 'Reinstate', reservationKey: 'k1' })).body).to.deep.equal({
      remainingAmount: 50,
      status: 'Issued',
    });
    expect(row(id)).to.include({ Status: 'Issued', ReservationKey: null, ReservedValue: null });
    await redeem('HELD', { ...reserve, reservationKey: 'k3' });
    const taken = await redeem('HELD', { action: 'Redeem', reservationKey: 'k3' });
    expect(taken.body).to.deep.equal({ remainingAmount: 33.66, status: 'Redeemed' });
    expect(refusal(await redeem('HELD', { action: 'Reinstate', reservationKey: 'k3' }))).to.deep.equal(invalid);
  });

  it('gives up a reservation of a voucher that has expired meanwhile as expired', async () => {
    const id = issue('OVER', 'parts', { Status: 'Reserved', ReservationKey: 'k', ExpirationDate: '2026-03-09' });
    const { body } = await redeem('OVER', { action: 'Reinstate', reservationKey: 'k' });
    expect(body).to.deep.equal({ status: 'Expired' });
    expect(row(id)?.['Status']).to.equal('Expired');
  });

  it('has neither actions nor a status before version 62', async () => {
    issue('OLD');
    expect((await redeem('OLD', { redeemAmount: 1 }, '', 'v60.0')).body).to.deep.equal({ remainingAmount: 49 });
    expect(refusal(await redeem('OLD', { action: 'Reserve' }, '', 'v61.0'))).to.deep.equal([400, 'JSON_PARSER_ERROR']);
  });
});
