import { expect } from 'chai';
import { BulkJobs } from '../bulk/bulkJobs.js';
import { ExampleOrg } from './exampleProgram.js';

const member = (org: ExampleOrg, MembershipNumber: string): Record<string, string> => ({
  ...{ MembershipNumber, ProgramId: org.program.id, MemberStatus: 'Active', EnrollmentDate: '2026-02-14' },
});

/** Each takes another way to insert one member. */
const ways: Record<string, (org: ExampleOrg, number: string) => Promise<unknown>> = {
  'the enrollment resource': (org, number) => org.withMembers(number),
  'a create': (org, number) => org.api.create('LoyaltyProgramMember', member(org, number)),
  'an upsert by its number': (org, number) => {
    const { MembershipNumber, ...values } = member(org, number);
    return org.api.patch(`/sobjects/LoyaltyProgramMember/MembershipNumber/${MembershipNumber}`, values);
  },
  'a collection': (org, number) =>
    org.api.post('/composite/sobjects', {
      records: [{ attributes: { type: 'LoyaltyProgramMember' }, ...member(org, number) }],
    }),
  'a composite request': (org, number) =>
    org.api.post('/composite', {
      compositeRequest: [
        {
          ...{ method: 'POST', url: '/services/data/v66.0/sobjects/LoyaltyProgramMember', referenceId: 'one' },
          body: member(org, number),
        },
      ],
    }),
  'a tree': (org, number) =>
    org.api.post('/composite/tree/LoyaltyProgramMember', {
      records: [{ attributes: { type: 'LoyaltyProgramMember', referenceId: 'one' }, ...member(org, number) }],
    }),
  'a bulk job': (org, number) => {
    const values = member(org, number);
    const csv = `${Object.keys(values).join(',')}\n${Object.values(values).join(',')}\n`;
    return new BulkJobs(org.emulator).run(csv, {
      ...{ object: 'LoyaltyProgramMember', operation: 'insert', externalIdFieldName: undefined },
    });
  },
};

describe('What the org adds to a new member', () => {
  for (const [way, insert] of Object.entries(ways)) {
    it(`comes with ${way}: a row per active currency, the first tier of each active group, a code`, async () => {
      await using org = await ExampleOrg.start();
      const { store } = org.emulator;
      store.insert('LoyaltyProgramCurrency', { Name: 'Old', LoyaltyProgramId: org.program.id, IsActive: false });
      const other = store.insert('LoyaltyProgram', { Name: 'Other', Status: 'Active' });
      store.insert('LoyaltyProgramCurrency', { Name: 'Foreign', LoyaltyProgramId: other, IsActive: true });
      await insert(org, 'WX-1');
      expect(await org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 0 });
      const tiers = await org.rows('SELECT LoyaltyTier.Name, EffectiveDate, Status FROM LoyaltyMemberTier');
      expect(tiers).to.have.length(1);
      expect(tiers[0]).to.deep.include({ EffectiveDate: '2026-02-14', Status: 'Active' });
      expect(tiers[0]?.['LoyaltyTier']).to.include({ Name: 'Bronze' });
      const [row] = await org.rows('SELECT ReferralCode FROM LoyaltyProgramMember');
      expect(row?.['ReferralCode']).to.match(/^[A-Z0-9]{8}$/);
    });
  }

  it('is undone with the member', async () => {
    await using org = await ExampleOrg.start();
    const records = ['WX-1', ''].map((number) => ({
      attributes: { type: 'LoyaltyProgramMember' },
      ...member(org, number),
    }));
    const { body } = await org.api.post('/composite/sobjects', { allOrNone: true, records });
    expect(body.map(({ success }: { success: boolean }) => success)).to.deep.equal([false, false]);
    for (const object of ['LoyaltyProgramMember', 'LoyaltyMemberCurrency', 'LoyaltyMemberTier']) {
      expect(await org.count(object)).to.equal(0);
    }
  });

  it('keeps a given code, and generates one if it is empty', async () => {
    await using org = await ExampleOrg.start();
    await org.api.create('LoyaltyProgramMember', { ...member(org, 'WX-1'), ReferralCode: 'HARBOUR1' });
    await org.api.create('LoyaltyProgramMember', { ...member(org, 'WX-2'), ReferralCode: '' });
    const [given, made] = await org.rows('SELECT ReferralCode FROM LoyaltyProgramMember ORDER BY MembershipNumber');
    expect(given?.['ReferralCode']).to.equal('HARBOUR1');
    expect(made?.['ReferralCode']).to.match(/^[A-Z0-9]{8}$/);
  });

  it('is only a code if the member has no program', async () => {
    await using org = await ExampleOrg.start();
    await org.api.create('LoyaltyProgramMember', { ...member(org, 'WX-1'), ProgramId: null });
    expect(await org.count('LoyaltyMemberCurrency')).to.equal(0);
    expect(await org.count('LoyaltyMemberTier')).to.equal(0);
  });

  it('does not come later, when a currency or group becomes active', async () => {
    await using org = await ExampleOrg.start();
    await org.withMembers('WX-1');
    const ofProgram = { LoyaltyProgramId: org.program.id, IsActive: true };
    await org.api.create('LoyaltyProgramCurrency', { Name: 'Later', ...ofProgram, CurrencyType: 'NonQualifying' });
    expect(Object.keys(await org.balances('WX-1'))).to.deep.equal(['Miles', 'Stars']);
  });
});
