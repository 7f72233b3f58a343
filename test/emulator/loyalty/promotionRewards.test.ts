import { expect } from 'chai';
import { cartPromotionEndpoints } from '../../../src/contract/endpoints/cartPromotionEndpoints.js';
import type { Answer } from '../restClient.js';
import { ExampleOrg, purchase } from './exampleProgram.js';

const clock = { now: () => Date.parse('2026-03-10T12:00:00Z'), sleep: () => Promise.resolve() };

type Row = Record<string, unknown>;

describe('the application of rewards', () => {
  let org: ExampleOrg;
  let promotionId: string;

  beforeEach(async () => {
    org = await ExampleOrg.start({ clock });
    await org.withMembers('WX-1');
    org.emulator.store.insert('VoucherDefinition', {
      ...{ Name: 'Five off', EffectiveDate: '2026-01-01', ExpirationType: 'FixedDate', Type: 'FixedValue' },
      ...{ FaceValue: 5, IsActive: true, ExpirationDate: '2026-12-31' },
    });
    promotionId = org.addPromotion('Welcome back', { PromotionCode: 'BACK' });
  });

  afterEach(() => org[Symbol.asyncDispose]());

  const apply = (transactionJournalList: Row[], more: Row = {}): Promise<Answer> =>
    org.api.post('/global-promotions-management/promotion-reward', { transactionJournalList, ...more });
  const order = (rewards: Row[], more: Row = {}): Row => ({
    ...purchase('WX-1', '40', { ExternalTransactionNumber: 'order:1' }),
    appliedPromotions: [{ promotionId, rewards, ...more }],
  });
  const points = { rewardType: 'Points', loyaltyProgramCurrencyName: 'Stars', points: 50, notes: 'thanks' };

  it('stores a processed journal, and gives points and vouchers of the promotion', async () => {
    const voucher = { rewardType: 'IssueVoucher', voucherDefinitionName: 'Five off', voucherCode: 'SALE-1' };
    const discount = { rewardType: 'ProvideDiscount', discountAmount: '15.5' };
    const { status, body } = await apply([order([points, voucher, discount])]);
    expect(status, JSON.stringify(body)).to.equal(200);
    cartPromotionEndpoints.reward.response.parse(body);
    const [{ id, voucherIssuedList, ...lists }] = body.transactionJournalList;
    expect(lists).to.deep.equal({
      discountsAppliedList: [{ discountType: 'ProvideDiscount', discountAmount: 15.5 }],
      gamesAssignedList: [],
    });
    expect(voucherIssuedList).to.deep.equal([
      {
        ...{ effectiveDate: '2026-03-10T00:00:00.000Z', expirationDate: '2026-12-31T00:00:00.000Z', faceValue: 5 },
        ...{ promotionId, voucherCode: 'SALE-1', voucherDefinitionName: 'Five off' },
        voucherId: voucherIssuedList[0].voucherId,
      },
    ]);
    const fields = 'Status, TotalPromotionDiscount, ExternalTransactionNumber';
    const [journal] = await org.rows(`SELECT ${fields} FROM TransactionJournal WHERE Id = '${id}'`);
    expect(journal).to.include({
      ...{ Status: 'Processed', TotalPromotionDiscount: 15.5, ExternalTransactionNumber: 'order:1' },
    });
    expect(await org.balances('WX-1'), 'no process runs').to.deep.equal({ Miles: 0, Stars: 50 });
    const [ledger] = await org.rows('SELECT Points, PromotionId, AdditionalNotes FROM LoyaltyLedger');
    expect(ledger).to.include({ Points: 50, PromotionId: promotionId, AdditionalNotes: 'thanks' });
    const [issued] = await org.rows('SELECT LoyaltyProgramMemberId, TransactionJournalId FROM Voucher');
    expect(issued).to.include({ LoyaltyProgramMemberId: await org.memberId('WX-1'), TransactionJournalId: id });
  });

  it('takes both names of a reward, the code of a promotion, and a voucher code of its own', async () => {
    const rewards = [
      { rewardType: 'CreditFixedPoints', loyaltyProgramCurrencyName: 'stars', points: '7.5' },
      { rewardType: 'Voucher', voucherDefinitionName: 'Five off', voucherExpirationDate: '2026-04-01' },
    ];
    const given = { ...order([]), appliedPromotions: [{ promotionCode: 'BACK', rewards }] };
    const { body } = await apply([given]);
    const [voucher] = body.transactionJournalList[0].voucherIssuedList;
    expect(voucher.voucherCode).to.have.length(8);
    expect(voucher.expirationDate).to.equal('2026-04-01T00:00:00.000Z');
    expect(await org.balances('WX-1')).to.include({ Stars: 7.5 });
  });

  it('stores nothing of all journals if one reward cannot be given', async () => {
    const bad: [Row, number, string][] = [
      [order([{ rewardType: 'Voucher', voucherDefinitionName: 'Six off' }]), 400, 'Six off'],
      [order([{ ...points, loyaltyProgramCurrencyName: 'Shells' }]), 400, 'Shells'],
      [order([{ ...points, points: 'many' }]), 400, 'points'],
      [order([{ rewardType: 'Applause' }]), 400, 'Applause'],
      [order([{ rewardType: 'AssignGame' }]), 400, 'gameDefinitionName'],
      [order([{ rewardType: 'Game', gameDefinitionName: 'Wheel' }]), 400, 'Wheel'],
      [order([{ rewardType: 'GiveFreeProduct' }]), 501, 'GiveFreeProduct'],
      [{ ...order([]), appliedPromotions: [{ promotionId: '0c89z0000000099AAA' }] }, 400, '0c89z0000000099AAA'],
      [{ ...order([]), MembershipNumber: 'WX-9' }, 400, 'WX-9'],
    ];
    for (const [journal, expected, word] of bad) {
      const { status, body } = await apply([order([points]), journal]);
      expect([status, String(body[0].message).includes(word)], body[0].message).to.deep.equal([expected, true]);
    }
    expect(await org.count('TransactionJournal')).to.equal(0);
    expect(await org.balances('WX-1')).to.include({ Stars: 0 });
  });

  it('counts coupons when it is asked to, and refuses one that is used up', async () => {
    const coupon = { Name: 'c', CouponCode: 'SESAME', Status: 'Active', PromotionId: promotionId };
    org.emulator.store.insert('Coupon', { ...coupon, RedemptionLimitPerBuyer: 1 });
    const given = order([points], { couponCode: 'SESAME' });
    expect((await apply([given])).status).to.equal(200);
    expect(await org.count('CouponCodeRedemption')).to.equal(0);
    const checking = { shouldCheckCouponUsageLimit: 'true' };
    expect((await apply([given], checking)).status).to.equal(200);
    const again = await apply([given], checking);
    expect([again.status, again.body[0].message]).to.deep.equal([400, 'The coupon SESAME is used up.']);
    expect(await org.count('CouponCodeRedemption')).to.equal(1);
    expect(await org.balances('WX-1')).to.include({ Stars: 100 });
    const unknown = await apply([order([points], { couponCode: 'NOPE' })], checking);
    expect(unknown.body[0].message).to.include('NOPE');
  });

  it('needs journals, and says so of a mode that it does not know', async () => {
    expect((await apply([])).status).to.equal(400);
    const sample = { journalCreationMode: 'CreateTransactionJournal' };
    expect((await apply([order([points])], sample)).status).to.equal(200);
    expect((await apply([order([points])], { journalCreationMode: 'Elsewhere' })).status).to.equal(501);
  });

  it('happens in real time after the rules, with the points and vouchers of each promotion in the answer', async () => {
    const voucher = { rewardType: 'Voucher', voucherDefinitionName: 'Five off', voucherCode: 'SALE-1' };
    const discount = { rewardType: 'Discount', discountAmount: 2 };
    const plain = purchase('WX-1', '7');
    const { status, body } = await org.execute([order([points, voucher, discount]), plain]);
    expect(status, JSON.stringify(body)).to.equal(200);
    const [rewarded, other] = body.processResult.transactionJournalResult;
    expect(rewarded.changeInMemberPoints[0].changeInMemberCurrencies).to.deep.equal([
      { currencyName: 'Miles', currencyType: 'Qualifying', changeInPointsBalance: 40 },
      { currencyName: 'Stars', currencyType: 'NonQualifying', changeInPointsBalance: 40 },
      { currencyName: 'Stars', currencyType: 'NonQualifying', changeInPointsBalance: 50, promotionId },
    ]);
    expect(rewarded.voucherResult.vouchersIssued[0]).to.include({ voucherCode: 'SALE-1', promotionId, faceValue: 5 });
    expect(other.voucherResult.vouchersIssued).to.deep.equal([]);
    const [balances] = body.processResult.memberPointsBalance;
    expect(balances.memberCurrencies.map((each: Row) => each['pointsBalance'])).to.deep.equal([47, 97]);
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 47, Stars: 97 });
    const [journal] = await org.rows(
      `SELECT TotalPromotionDiscount FROM TransactionJournal WHERE Id = '${rewarded.id}'`,
    );
    expect(journal).to.include({ TotalPromotionDiscount: 2 });
  });

  it('assigns badges until the day of the reward, or the one that the badge says', async () => {
    const { store } = org.emulator;
    const badge = { LoyaltyProgramId: org.program.id, StartDate: '2026-01-01', Status: 'Active' };
    const month = { ValidityType: 'Period', ValidityDuration: 1, ValidityDurationUnit: 'Months' };
    store.insert('LoyaltyProgramBadge', { ...badge, ...month, Name: 'Early bird' });
    store.insert('LoyaltyProgramBadge', { ...badge, ...month, Name: 'Draft', Status: 'Draft' });
    const fixed = { ValidityType: 'FixedDate', ValidityEndDate: '2026-12-31' };
    store.insert('LoyaltyProgramBadge', { ...badge, ...fixed, Name: 'Regular' });
    const rewards = [
      { rewardType: 'Badge', loyaltyProgramBadgeName: 'Early bird', reason: 'Before eight' },
      { rewardType: 'AssignBadge', loyaltyProgramBadgeName: 'Regular' },
      { rewardType: 'Badge', loyaltyProgramBadgeName: 'Regular', badgeValidityEndDate: '2026-06-30' },
    ];
    const given = { memberBadgeStatus: 'Active' };
    const { body } = await org.execute([order(rewards), purchase('WX-1', '7')]);
    const [first, second] = body.processResult.transactionJournalResult;
    expect(first.badgesAssigned).to.deep.equal([
      { ...given, loyaltyProgramBadgeName: 'Early bird', badgeValidityEndDate: '2026-04-10', reason: 'Before eight' },
      { ...given, loyaltyProgramBadgeName: 'Regular', badgeValidityEndDate: '2026-12-31' },
      { ...given, loyaltyProgramBadgeName: 'Regular', badgeValidityEndDate: '2026-06-30' },
    ]);
    expect(second.badgesAssigned).to.deep.equal([]);
    expect((await apply([order(rewards)])).status).to.equal(200);
    const rows = await org.rows('SELECT LoyaltyProgramMemberId, StartDate FROM LoyaltyProgramMemberBadge');
    expect(rows).to.have.length(6);
    expect(rows[0]).to.include({ LoyaltyProgramMemberId: await org.memberId('WX-1'), StartDate: '2026-03-10' });
    const refused = await apply([order([{ rewardType: 'Badge', loyaltyProgramBadgeName: 'Draft' }])]);
    expect([refused.status, refused.body[0].message]).to.deep.equal([
      400,
      'Harbour Rewards has no active badge Draft.',
    ]);
  });

  it('assigns games that can be played then, in both resources, each once', async () => {
    const { store } = org.emulator;
    const game = { Type: 'SpintheWheel', Status: 'Active', StartDate: '2026-01-01T00:00:00Z' };
    const period = { ExpirationPeriod: 7, ExpirationPeriodUnit: 'Days' };
    const wheel = store.insert('GameDefinition', { ...game, ...period, Name: 'Wheel' });
    const prize = { RewardType: 'LoyaltyPoints', RewardDefinitionId: org.program.stars, RewardValue: 25 };
    store.insert('GameReward', { ...prize, Name: 'Prize', GameDefinitionId: wheel });
    store.insert('GameDefinition', { ...game, Name: 'Last year', EndDate: '2026-01-31T00:00:00Z' });
    const reward = { rewardType: 'AssignGame', gameDefinitionName: 'Wheel' };

    const { body: applied } = await apply([order([reward])]);
    const [{ id, gamesAssignedList }] = applied.transactionJournalList;
    const first = store.first('GameParticipantReward', { SourceActivityId: id });
    const told = { gameDefinitionName: 'Wheel', gameExpirationDate: '2026-03-17T12:00:00.000Z' };
    expect(gamesAssignedList).to.deep.equal([{ ...told, gameParticipantRewardId: first?.Id }]);

    const { body } = await org.execute([order([{ ...reward, rewardType: 'Game' }]), purchase('WX-1', '7')]);
    const [second, other] = body.processResult.transactionJournalResult;
    const participant = store.find('GameParticipant', {});
    expect(participant).to.have.length(1);
    const { gameParticipantRewardId: playId, ...rest } = second.gamesAssigned[0];
    expect(rest).to.deep.equal({ ...told, gameParticipantId: participant[0]?.Id });
    expect(other.gamesAssigned).to.deep.equal([]);

    const memberId = await org.memberId('WX-1');
    const { body: listed } = await org.api.get(`/game/participant/${memberId}/games`);
    expect(listed.gameDefinitions[0].participantGameRewards).to.have.length(2);
    const before = (await org.balances('WX-1'))['Stars'] ?? 0;
    expect((await org.api.get(`/game/gameParticipantReward/${playId}/game-reward`)).body.status).to.equal(true);
    expect(await org.balances('WX-1')).to.include({ Stars: before + 25 });
    const over = await apply([order([{ ...reward, gameDefinitionName: 'Last year' }])]);
    expect([over.status, over.body[0].message]).to.deep.equal([400, 'The game Last year is over.']);
  });

  it('fails in real time with HTTP 200, and stores nothing', async () => {
    const { status, body } = await org.execute([order([{ rewardType: 'Voucher', voucherDefinitionName: 'Six off' }])]);
    expect([status, body.status, body.message.includes('Six off')]).to.deep.equal([200, false, true]);
    expect(await org.count('TransactionJournal')).to.equal(0);
  });

  it('counts coupons in real time, too', async () => {
    const coupon = { Name: 'c', CouponCode: 'SESAME', Status: 'Active', PromotionId: promotionId };
    org.emulator.store.insert('Coupon', { ...coupon, RedemptionLimitAllBuyers: 1 });
    const transactionJournals = [order([points], { couponCode: 'SESAME' })];
    const path = '/connect/realtime/loyalty/programs/Harbour%20Rewards';
    const body = { transactionJournals, shouldCheckCouponUsageLimit: true };
    const seen = [await org.api.post(path, body), await org.api.post(path, body)];
    expect(seen.map((each) => each.body.status)).to.deep.equal([true, false]);
  });
});
