import { expect } from 'chai';
import { explainProcess } from '../../src/rules/index.js';
import type { ProcessTrace } from '../../src/rules/index.js';
import { ruleCoverage } from '../../src/ruleCases/ruleCoverage.js';
import { HarbourMonth } from './harbourMonth.js';
import { loadHarbourRules } from './source/harbourRules.js';

describe('a month of the program that has every construct', () => {
  let month: HarbourMonth;

  before(async () => {
    month = await HarbourMonth.begin();
  });

  after(() => month[Symbol.asyncDispose]());

  it('ends for Ada as worked out by hand', () => {
    // 120.40 are 120 base points, times 1: 120. Crew points are the base points.
    month.buys('2026-08-15', 'HR-1', 120.4, { Order_ID__c: 'O-000001' });
    month.expect('HR-1', { points: 120, crew: 120, cups: 1 });
    // Saturday, double points: 30 × 1.5 = 45, and 30 for the promotion: 120 + 75 = 195.
    month.buys('2026-08-22', 'HR-1', 30, { Brand: 'Aurora' });
    month.expect('HR-1', { points: 195, crew: 150, cups: 2 });
    // Tea in summer: 5 + 10 = 15, so 210. A voucher of 5.50 costs 200: 10.
    month.buys('2026-08-24', 'HR-1', 5.2, { Order_ID__c: 'O-000003', ProductId: month.product('TEA-01') });
    month.expect('HR-1', { points: 10, crew: 155, cups: 3, vouchers: ['Free Drink 5.5 Issued'] });
    // A gift card has the factor 0: nothing, although it would have 10 for tea.
    month.buys('2026-08-30', 'HR-1', 50, { Brand: 'Gift Card', ProductId: month.product('TEA-01') });
    month.expect('HR-1', { points: 10, crew: 155, cups: 3, vouchers: ['Free Drink 5.5 Issued'] });
    // Summer of Tea has ended: 8.
    month.buys('2026-09-02', 'HR-1', 8.9, { ProductId: month.product('TEA-01') });
    month.expect('HR-1', { points: 18, crew: 163, cups: 4, vouchers: ['Free Drink 5.5 Issued'] });
    // 3 of 5.50 are redeemed; 2.50 are left, so that the voucher stays.
    month.redeems('2026-09-05', 'HR-1', 3, { VoucherCode: 'CUP-ADA' });
    month.expect('HR-1', { points: 18, crew: 163, cups: 4, vouchers: ['Free Drink 5.5 Issued'] });
    // 20.40 of the first order come back: 21, which is less than the 120 that it got. 18 - 21 = -3, which is forgiven.
    month.returns('2026-09-08', 'HR-1', 20.4, { Channel: 'Web Store', Comment: 'Return@O-000001' });
    month.expect('HR-1', { points: 0, crew: 163, cups: 4, vouchers: ['Free Drink 5.5 Issued'] });
  });

  it('ends for Ben as worked out by hand', () => {
    month.joins('HR-2', 'Ten Cups');
    const free = 'Free Drink 5.5 Issued';
    // 299 - 200 for a voucher = 99. The first of ten cups.
    month.buys('2026-08-16', 'HR-2', 299.99, { Order_ID__c: 'O-000011' });
    month.expect('HR-2', { points: 99, crew: 299, cups: 1, progress: 1, vouchers: [free] });
    // 3 more: 102. 302 crew points make Silver.
    month.buys('2026-08-17', 'HR-2', 3.5);
    month.expect('HR-2', { points: 102, crew: 302, tier: 'Silver', cups: 2, progress: 2, vouchers: [free] });
    // Sunday: 10 + 10 for the promotion + a quarter for Silver, rounded up: 3. 102 + 23 = 125.
    month.buys('2026-08-23', 'HR-2', 10);
    month.expect('HR-2', { points: 125, crew: 312, tier: 'Silver', cups: 3, progress: 3, vouchers: [free] });
    // Seven cups of 4 + 1: 125 + 35 = 160. The last is the tenth: a free drink of the definition, and a new card.
    for (let day = 25; day <= 31; day += 1) month.buys(`2026-08-${day}`, 'HR-2', 4);
    const vouchers = [free, 'Free Drink 4 Issued'];
    month.expect('HR-2', { points: 160, crew: 340, tier: 'Silver', cups: 10, progress: 0, vouchers });
    // 700 × 1.5 = 1050, and a quarter of 700: 175. 160 + 1225 - 200 = 1185. 1040 crew points make Gold.
    month.buys('2026-09-03', 'HR-2', 700, { Brand: 'Aurora', Order_ID__c: 'O-000012' });
    vouchers.push(free);
    month.expect('HR-2', { points: 1185, crew: 1040, tier: 'Gold', cups: 11, progress: 1, vouchers });
    // 10 + half of it for Gold = 15. 1200 - 200 = 1000.
    month.buys('2026-09-06', 'HR-2', 10, { Order_ID__c: 'O-000013' });
    vouchers.push(free);
    month.expect('HR-2', { points: 1000, crew: 1050, tier: 'Gold', cups: 12, progress: 2, vouchers });
    // 300 points are spent at the Pier. More than 5000 cannot be.
    month.redeems('2026-09-09', 'HR-2', 300, { PartnerId: month.pier });
    month.redeems('2026-09-10', 'HR-2', 6000);
    month.expect('HR-2', { points: 700, crew: 1050, tier: 'Gold', cups: 12, progress: 2, pier: 1, vouchers });
  });

  it('ends for Cleo as worked out by hand', async () => {
    month.hasCups('HR-3', 49);
    // Wholesale earns, and gets no voucher. The fiftieth cup brings the badge.
    month.buys('2026-08-18', 'HR-3', 250, { Brand: 'WHOLESALE' });
    month.expect('HR-3', { points: 250, crew: 250, cups: 50, badges: 1 });
    month.buys('2026-08-20', 'HR-3', 12, { Brand: 'WHOLESALE' });
    month.expect('HR-3', { points: 262, crew: 262, cups: 51, badges: 1 });
    // An unknown brand has no factor, and earns nothing. But now 200 points become a voucher: 62.
    month.buys('2026-08-26', 'HR-3', 40, { Brand: 'Nobody', Order_ID__c: 'O-000021' });
    const vouchers = ['Free Drink 5.5 Issued'];
    month.expect('HR-3', { points: 62, crew: 262, cups: 51, badges: 1, vouchers });
    // A return without its order leaves a note. Processes for partners are a draft.
    month.returns('2026-08-28', 'HR-3', 15, {});
    month.expect('HR-3', { points: 62, crew: 262, cups: 51, badges: 1, notes: 1, vouchers });
    month.does('2026-09-01', 'HR-3', { JournalSubTypeName: 'Partner', TransactionAmount: 100 });
    // Who is not active is not let in.
    month.becomes('HR-3', 'Inactive');
    month.buys('2026-09-04', 'HR-3', 10);
    month.becomes('HR-3', 'Active');
    month.expect('HR-3', { points: 62, crew: 262, cups: 51, badges: 1, notes: 1, vouchers });
    // Her data change by a process that is called by its name.
    const { ContactId, Id: MemberId } = month.member('HR-3');
    const given = { MemberId, ContactId, FirstName: 'Cleopatra', Email: 'queen@example.com', Birthdate: '1990-02-03' };
    expect(await month.calls('UpdateMemberDetails', given)).to.deep.equal([{ MemberId, ContactId }]);
    expect(month.member('HR-3')).to.include({ Nickname__c: 'Cleopatra' });
    expect(month.contact('HR-3')).to.include({
      FirstName: 'Cleopatra',
      Email: 'queen@example.com',
      Birthdate: '1990-02-03',
    });
    // What is left expires in a batch job. Then nothing is left to expire.
    await month.expires('2026-09-14', 'HR-3');
    await month.expires('2026-09-15', 'HR-3');
    month.expect('HR-3', { points: 0, crew: 262, cups: 51, badges: 1, notes: 1, vouchers });
  });

  it('has run every rule, action and side of a condition that journals in real time can run', async () => {
    const { uncovered } = ruleCoverage(await loadHarbourRules(), month.traces);
    expect(uncovered.filter(({ process }) => process !== 'Points Expirations')).to.deep.equal([]);
  });

  it('explains every step, and a simulation before it has said the same', () => {
    expect(month.traces).to.have.length.greaterThan(25);
    expect(month.simulated.map(told)).to.deep.equal(month.traces.map(told));
  });
});

/** Without Ids of records and generated codes, which are other ones each time. */
function told(trace: ProcessTrace): string {
  return JSON.stringify(explainProcess(trace))
    .replaceAll(/\b[0-9a-zA-Z]{15}(?:[0-9a-zA-Z]{3})?\b/g, 'id')
    .replaceAll(/voucher \w+ of/g, 'voucher of');
}
