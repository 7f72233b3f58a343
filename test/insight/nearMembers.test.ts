import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { NearFile, NearMemory, NearMemoryError, nearMembers, rewardTemplate } from '../../src/insight/index.js';
import type { NearFileOptions, NearQuestion, NearReward } from '../../src/insight/index.js';
import { harbourRewards } from '../../src/program/index.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

const cups = 'Ten cups, one free';
const plain: NearFileOptions = { format: 'csv', withContact: false, contactFields: [], template: undefined };

describe('members who are near a reward', () => {
  let shop: Shop;

  before(async () => {
    shop = await openShop({ members: 5 });
    await progress('HR-100001', cups, 8);
    await progress('HR-100002', cups, 9);
    await progress('HR-100003', cups, 10);
    await progress('HR-100004', cups, 9);
    await progress('HR-100001', 'Harbour regular', 30);
    const { store } = shop.org;
    const member = (MembershipNumber: string) => store.first('LoyaltyProgramMember', { MembershipNumber });
    store.update('LoyaltyProgramMember', member('HR-100004')?.Id ?? '', { MemberStatus: 'Inactive' });
    store.update('LoyaltyProgramMember', member('HR-100001')?.Id ?? '', { CanReceivePromotions: true });
    const contact = String(member('HR-100001')?.['ContactId']);
    store.update('Contact', contact, { Email: 'ines@example.com', Phone: '1', MobilePhone: '2', Department: 'fr' });
  });
  after(() => shop.org.stop());

  const near = (question: NearQuestion): Promise<NearReward[]> =>
    Array.fromAsync(nearMembers(shop.client, harbourRewards.name, question));

  it('are active and have begun a promotion, but not reached it, nearest first', async () => {
    const rows = await near({ near: 75 });
    expect(
      rows.map(({ membershipNumber, rewardName, left, percent }) => [membershipNumber, rewardName, left, percent]),
    ).to.deep.equal([
      ['HR-100002', cups, 1, 90],
      ['HR-100001', cups, 2, 80],
      ['HR-100001', 'Harbour regular', 10, 75],
    ]);
    expect(rows[0]).to.not.have.property('contact');
    expect((await near({ near: 81 })).map(({ membershipNumber }) => membershipNumber)).to.deep.equal(['HR-100002']);
  });

  it('can be reached by what is asked for, and by nothing else', async () => {
    const [, first] = await near({ near: 80, withContact: true, contactFields: ['Department'] });
    expect(first?.contact).to.deep.equal({
      email: 'ines@example.com',
      phone: '2',
      canReceivePromotions: true,
      fields: { Department: 'fr' },
    });
    const [, sameInCapitals] = await near({ near: 80, withContact: true, contactFields: ['DEPARTMENT'] });
    expect(sameInCapitals?.contact?.fields).to.deep.equal({ DEPARTMENT: 'fr' });
    for (const name of ['name', 'Email FROM Contact', 'Account.Name', '']) {
      const refused = await near({ near: 80, withContact: true, contactFields: [name] }).catch(
        (thrown: unknown) => thrown,
      );
      expect(refused, name).to.be.instanceOf(RangeError);
    }
    const error = await near({ near: 80, withContact: true, contactFields: ['Nope__c'] }).catch(
      (thrown: unknown) => thrown,
    );
    expect(String(error)).to.include('Nope__c');
  });

  it('are found by the values of engagement attributes, too, if they are active', async () => {
    const { store } = shop.org;
    const programId = store.first('LoyaltyProgram', { Name: harbourRewards.name })?.Id;
    const Promotion = store.insert('Promotion', {
      ...{
        Name: 'Five visits',
        LoyaltyProgramId: programId,
        LoyaltyPromotionType: 'Cumulative',
        StartDate: '2026-01-01',
      },
      ...{ IsActive: true, EndDate: '2035-12-31' },
    });
    const attribute = store.insert('LoyaltyPgmEngmtAttribute', {
      ...{ Name: 'Visits', LoyaltyProgramId: programId, Status: 'Active', TargetValue: '5', StartDate: '2026-01-01' },
    });
    store.insert('LoyaltyPgmEngmtAttrProm', { LoyaltyProgramEngmtAttrId: attribute, PromotionId: Promotion });
    for (const [MembershipNumber, value] of [
      ['HR-100001', '4'],
      ['HR-100003', '5'],
      ['HR-100004', '4'],
    ] as const) {
      store.insert('LoyaltyPgmMbrAttributeVal', {
        LoyaltyProgramMemberId: store.first('LoyaltyProgramMember', { MembershipNumber })?.Id,
        ...{ LoyaltyPgmEngmtAttributeId: attribute, CurrentValue: value, StartDate: '2026-01-01' },
      });
    }
    const visits = (await near({ near: 80 })).filter(({ rewardName }) => rewardName === 'Five visits');
    expect(visits.map(({ membershipNumber, left, by }) => [membershipNumber, left, by])).to.deep.equal([
      ['HR-100001', 1, '2035-12-31'],
    ]);
    const cakes = store.insert('LoyaltyPgmEngmtAttribute', {
      ...{ Name: 'Cakes', LoyaltyProgramId: programId, Status: 'Active', TargetValue: '10', StartDate: '2026-01-01' },
    });
    store.insert('LoyaltyPgmEngmtAttrProm', { LoyaltyProgramEngmtAttrId: cakes, PromotionId: Promotion });
    const first = store.first('LoyaltyProgramMember', { MembershipNumber: 'HR-100001' })?.Id;
    store.insert('LoyaltyPgmMbrAttributeVal', {
      ...{ LoyaltyProgramMemberId: first, LoyaltyPgmEngmtAttributeId: cakes },
      ...{ CurrentValue: '8', StartDate: '2026-01-01' },
    });
    const both = (await near({ near: 80 })).filter(({ rewardName }) => rewardName === 'Five visits');
    expect(both.map((row) => [row.attribute?.name, row.left])).to.have.deep.members([
      ['Visits', 1],
      ['Cakes', 2],
    ]);
    // Each of them is a reward of its own: who was told of one is still told of the other.
    const folder = await mkdtemp(join(tmpdir(), 'near-'));
    const memory = await NearMemory.read(join(folder, 'told.csv'), '2026-03-01');
    memory.remember(both.find((row) => row.attribute?.name === 'Visits') as NearReward);
    await memory.save(join(folder, 'told.csv'));
    const told = await NearMemory.read(join(folder, 'told.csv'), '2026-03-02');
    await rm(folder, { recursive: true });
    expect(both.filter((row) => told.has(row)).map((row) => row.attribute?.name)).to.deep.equal(['Visits']);
    // Attributes count for a promotion even if it is over.
    for (const over of [{ IsActive: false }, { IsActive: true, EndDate: '2026-01-31' }]) {
      store.update('Promotion', Promotion, over);
      const names = (await near({ near: 80 })).map(({ rewardName }) => rewardName);
      expect(names).to.include(cups).and.not.include('Five visits');
      const listed = await shop.client.progress.list(harbourRewards.name, { near: 80 });
      expect(listed.map(({ promotionName }) => promotionName))
        .to.include(cups)
        .and.not.include('Five visits');
    }
    for (const each of [attribute, cakes]) store.delete('LoyaltyPgmEngmtAttribute', each);
  });

  it('are not near the target of a promotion that is over, wherever they are listed', async () => {
    const { store } = shop.org;
    const id = store.first('Promotion', { Name: cups })?.Id ?? '';
    for (const [over, back] of [
      [{ IsActive: false }, { IsActive: true }],
      [{ EndDate: '2026-01-31' }, { EndDate: null }],
    ] as const) {
      store.update('Promotion', id, over);
      expect((await near({ near: 80 })).map(({ rewardName }) => rewardName)).to.not.include(cups);
      const listed = await shop.client.progress.list(harbourRewards.name, { near: 80 });
      expect(listed.map(({ promotionName }) => promotionName)).to.not.include(cups);
      store.update('Promotion', id, back);
    }
  });

  it('are near the tier above the one that they hold', async () => {
    const { store } = shop.org;
    const balance = (MembershipNumber: string, points: number): void => {
      const member = store.first('LoyaltyProgramMember', { MembershipNumber });
      const row = store.first('LoyaltyMemberCurrency', { LoyaltyMemberId: member?.Id, Name: 'Tier Points' });
      store.update('LoyaltyMemberCurrency', row?.Id ?? '', { TotalPointsAccrued: points }, { as: 'org' });
    };
    const tiers = store.find('LoyaltyTier', {});
    const minimum = (name: string): number =>
      Number(tiers.find(({ Name }) => Name === name)?.['MinimumEligibleBalance']);
    balance('HR-100001', minimum('Silver') - 10);
    balance('HR-100002', minimum('Gold') - 10);
    balance('HR-100003', minimum('Silver') + 1);
    const rows = await near({ near: 90, reward: 'tier' });
    // The second member holds Bronze, so what is next is Silver, whose minimum is reached already.
    expect(rows.map(({ membershipNumber, rewardName, left }) => [membershipNumber, rewardName, left])).to.deep.equal([
      ['HR-100001', 'Silver', 10],
    ]);
  });

  it('are near a voucher by the points that somebody says it costs', async () => {
    const { store } = shop.org;
    const program = store.first('LoyaltyProgram', { Name: harbourRewards.name });
    const currency = store.first('LoyaltyProgramCurrency', { Name: 'Stars', LoyaltyProgramId: program?.Id });
    const definition = store.insert('VoucherDefinition', {
      ...{ Name: 'Free cup', Type: 'FixedValue', FaceValue: 5, IsActive: true, LoyaltyProgramId: program?.Id },
      ...{ ExpirationType: 'FixedDate', EffectiveDate: '2026-01-01', ExpirationDate: '2035-12-31' },
    });
    for (const [number, points] of Object.entries({ 'HR-100001': 95, 'HR-100002': 119.5, 'HR-100003': 120 })) {
      const member = store.first('LoyaltyProgramMember', { MembershipNumber: number });
      const criteria = { LoyaltyMemberId: member?.Id, LoyaltyProgramCurrencyId: currency?.Id };
      const row = store.first('LoyaltyMemberCurrency', criteria);
      store.update('LoyaltyMemberCurrency', row?.Id ?? '', { TotalPointsAccrued: points }, { as: 'org' });
    }
    const vouchers = [{ definition: 'Free cup', points: 120 }];
    const rows = await near({ near: 80, reward: 'voucher', vouchers });
    expect(rows.map(({ membershipNumber }) => membershipNumber)).to.deep.equal(['HR-100002']);
    expect(rows[0]).to.include({
      ...{ reward: 'voucher', rewardName: 'Free cup', rewardId: definition, by: null },
      ...{ completed: 119.5, target: 120, left: 0.5, percent: 99.58 },
    });
    expect(rewardTemplate('{left} points to a {reward}', [])(rows[0] as NearReward)).to.equal(
      '0.5 points to a Free cup',
    );
    expect(await near({ near: 79, reward: 'voucher', vouchers })).to.have.length(2);
    const unknown = near({ near: 80, reward: 'voucher', vouchers: [{ definition: 'Free mug', points: 1 }] });
    expect(await unknown.catch((error: unknown) => error)).to.deep.include({ actions: ['Use one of "Free cup".'] });
  });

  it('become rows of a file, with a message', async () => {
    const [row] = await near({ near: 80 });
    assert.ok(row);
    for (const format of ['csv', 'ndjson'] as const) {
      const file = new NearFile({ ...plain, format, template: '{{Hi}} {membershipNumber}: {left} to go, {percent} %' });
      expect(file.header + file.line(row), format).to.include('{Hi} HR-100002: 1 to go, 90 %');
    }
  });

  it('are known at the next runs, until they are no longer near, or their points have expired', async () => {
    const [row] = await near({ near: 80 });
    assert.ok(row);
    const expiring = { ...row, reward: 'expiry' as const, rewardId: 'points', by: '2026-03-10' };
    const folder = await mkdtemp(join(tmpdir(), 'near-'));
    const path = join(folder, 'told.csv');
    const told = async (rows: readonly NearReward[], today: string): Promise<boolean[]> => {
      const memory = await NearMemory.read(path, today);
      for (const each of rows) memory.remember(each);
      await memory.save(path);
      return rows.map((each) => memory.has(each));
    };
    try {
      expect(await told([row, expiring], '2026-03-01')).to.deep.equal([false, false]);
      expect(await told([row, { ...expiring, by: '2026-03-20' }], '2026-03-10')).to.deep.equal([true, true]);
      expect(await told([{ ...expiring, by: '2026-03-20' }], '2026-03-11')).to.deep.equal([false]);
      expect(await told([row], '2026-03-12')).to.deep.equal([false]);
      const kept = await readFile(path, 'utf8');
      for (const other of ['', 'a,b\n1,2\n', 'A log.\n', '{"a":1}\n', `${kept}"torn`, `${kept}only,two\n`]) {
        await writeFile(path, other);
        const error = await NearMemory.read(path, '2026-03-13').catch((thrown: unknown) => thrown);
        expect(error, other).to.be.instanceOf(NearMemoryError);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('get no message from a template with a name that does not exist, or half of its braces', () => {
    for (const text of ['only {left to go', 'only left} to go', '{{left}'])
      expect(() => rewardTemplate(text, []), text).to.throw(RangeError, 'two braces for one');
    expect(() => rewardTemplate('Hello {nmae}', ['Language__c'])).to.throw(RangeError, '{Language__c}');
    expect(() => rewardTemplate('{constructor}', [])).to.throw(RangeError);
  });

  async function progress(number: string, promotion: string, to: number): Promise<void> {
    const { Id: memberId } = await shop.client.members.get(harbourRewards.name, number);
    const [row] = await shop.client.query.all(`SELECT Id FROM Promotion WHERE Name = '${promotion}'`);
    await shop.client.progress.set({ memberId, promotionId: String(row?.['Id']), to });
  }
});
