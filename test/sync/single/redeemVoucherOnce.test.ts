import { Connection } from '@jsforce/jsforce-node';
import { expect } from 'chai';
import { LoyaltyClient } from '../../../src/client/index.js';
import { KeyConflictError, redeemVoucherOnce, VoucherAmountError } from '../../../src/sync/index.js';
import type { OnceResult, RedeemedVoucher, VoucherStep } from '../../../src/sync/index.js';
import { failureOf } from '../../client/loopback.js';
import { addVouchers, openShop, seen } from '../../support/cliOrg.js';
import type { Shop } from '../../support/cliOrg.js';
import { Relay } from '../../support/cliRelay.js';
import { World } from '../org/world.js';

const program = 'Harbour Rewards';

describe('redeemVoucherOnce', () => {
  let shop: Shop;
  let relay: Relay;
  let world: World;
  let client: LoyaltyClient;
  let isCut = false;

  beforeEach(async () => {
    isCut = false;
    shop = await openShop({ members: 1 });
    addVouchers(shop.org);
    relay = await Relay.open(shop.org, {
      after: ({ url }) => (isCut && url.includes('/redeem') ? 'cut' : undefined),
    });
    const { url: instanceUrl, accessToken } = relay;
    client = new LoyaltyClient(new Connection({ instanceUrl, accessToken, version: '66.0' }));
    world = new World([], { members: [] });
  });

  afterEach(async () => {
    await world[Symbol.asyncDispose]();
    await relay[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const voucher = (code: string) => shop.org.store.first('Voucher', { VoucherCode: code })!;
  function redeem(code: string, step: VoucherStep, key = 'order-1'): Promise<OnceResult<RedeemedVoucher>> {
    const { Id: voucherId, Name } = voucher(code);
    const named = { voucherId, voucherCode: code, voucherNumber: String(Name), membershipNumber: 'HR-100001' };
    return redeemVoucherOnce(client, { program, ...named, step }, { key, calls: world.outbox.calls });
  }
  async function lost(code: string, step: VoucherStep, key?: string): Promise<void> {
    isCut = true;
    expect(await redeem(code, step, key)).to.include({ status: 'unknown', why: 'lost' });
    isCut = false;
  }

  it('recognizes a lost redemption of everything, of a part, and of a discount', async () => {
    const all = { action: 'redeem' } as const;
    await lost('SMALL', all);
    expect(await redeem('SMALL', all)).to.deep.include({ status: 'known' });
    await lost('BIG', { ...all, amount: 0.1 }, 'order-2');
    const known = { remaining: 499.9, status: 'Issued', reservationKey: null };
    expect(await redeem('BIG', { ...all, amount: 0.1 }, 'order-2')).to.deep.equal({ status: 'known', answer: known });
    const { LoyaltyProgramMemberId, VoucherDefinitionId } = voucher('BIG');
    const definition = shop.org.store.get('VoucherDefinition', String(VoucherDefinitionId));
    const more = { LoyaltyProgramId: definition?.['LoyaltyProgramId'] };
    const percent = shop.org.store.insert('VoucherDefinition', {
      ...{ Name: 'A fifth', Type: 'DiscountPercentage', IsActive: true, EffectiveDate: '2026-01-01', ...more },
      ExpirationType: 'FixedDate',
    });
    shop.org.store.insert('Voucher', {
      ...{ VoucherCode: 'FIFTH', DiscountPercent: 20, EffectiveDate: '2026-01-01' },
      ...{ LoyaltyProgramMemberId, VoucherDefinitionId: percent },
    });
    await lost('FIFTH', all, 'order-3');
    expect(await redeem('FIFTH', all, 'order-3')).to.include({ status: 'known' });
    expect(seen(shop.org, 'POST', '/redeem')).to.equal(3);
  });

  it('is unclear if somebody else has redeemed a part meanwhile, and sends nothing', async () => {
    const step = { action: 'redeem', amount: 10 } as const;
    await lost('BIG', step);
    shop.org.store.update('Voucher', voucher('BIG').Id, { RedeemedValue: 35 });
    expect(await redeem('BIG', step)).to.include({ status: 'unclear' });
    expect(seen(shop.org, 'POST', '/redeem')).to.equal(1);
  });

  it('recognizes a lost reservation by its key in the org, and that it was given up', async () => {
    await lost('BIG', { action: 'reserve', amount: 20 }, 'cart-1');
    expect(await redeem('BIG', { action: 'reserve', amount: 20 }, 'cart-1')).to.deep.include({
      status: 'known',
      answer: { remaining: 500, status: 'Reserved', reservationKey: 'cart-1' },
    });
    const back = { action: 'reinstate', reservationKey: 'cart-1' } as const;
    await lost('BIG', back, 'back-1');
    expect(await redeem('BIG', back, 'back-1')).to.include({ status: 'known' });
    expect(voucher('BIG')['Status']).to.equal('Issued');
  });

  it('sends no reservation in an API version that knows none, which would redeem the voucher', async () => {
    const { url: instanceUrl, accessToken } = relay;
    client = new LoyaltyClient(new Connection({ instanceUrl, accessToken, version: '61.0' }));
    for (const step of [{ action: 'reserve' }, { action: 'reinstate', reservationKey: 'cart-1' }] as const) {
      expect(await failureOf(redeem('BIG', step))).to.have.property('name', 'OldApiVersionError');
    }
    expect(seen(shop.org, 'POST', '/redeem')).to.equal(0);
    expect(await redeem('BIG', { action: 'redeem' })).to.include({ status: 'done' });
  });

  it('does not reserve again what was reserved and has been redeemed meanwhile', async () => {
    const step = { action: 'reserve', amount: 20 } as const;
    await lost('BIG', step, 'cart-1');
    const { status } = await redeem('BIG', { action: 'redeem', reservationKey: 'cart-1' }, 'pay-1');
    expect(status).to.equal('done');
    expect(await redeem('BIG', step, 'cart-1')).to.include({ status: 'unclear' });
    expect(voucher('BIG')['Status']).to.equal('Issued');
  });

  it('does not take a reservation of another amount for its own', async () => {
    const reservationKey = 'cart-1';
    await redeem('BIG', { action: 'reserve', amount: 20, reservationKey }, 'a');
    const other = redeem('BIG', { action: 'reserve', amount: 30, reservationKey }, 'b');
    expect(await failureOf(other)).to.be.instanceOf(KeyConflictError);
  });

  it('sends no amount that the voucher does not have, or that cannot be taken from it', async () => {
    const part = { action: 'redeem', amount: 3 } as const;
    const refusal = async (code: string, step: VoucherStep, key: string): Promise<string> => {
      const error = await failureOf(redeem(code, step, key));
      expect(error).to.be.instanceOf(VoucherAmountError);
      return (error as Error).message;
    };
    expect(await refusal('SMALL', { ...part, amount: 5.01 }, 'a')).to.include('has 5 left, less than 5.01');
    const { VoucherDefinitionId } = voucher('SMALL');
    shop.org.store.update('VoucherDefinition', String(VoucherDefinitionId), { IsPartialRedeemable: false });
    expect(await refusal('SMALL', part, 'b')).to.include('its definition "Five off a cake" does not allow it');
    expect(await refusal('SMALL', { ...part, action: 'reserve' }, 'c')).to.include('cannot be redeemed in parts');
    expect(seen(shop.org, 'POST', '/redeem')).to.equal(0);
    expect(await redeem('SMALL', { ...part, amount: 5 }, 'd')).to.include({ status: 'done' });
  });
});
