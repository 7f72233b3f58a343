import { expect } from 'chai';
import { sObjects } from '../../../src/contract/objects/index.js';
import { Emulator } from '../../../src/emulator/index.js';
import { ExampleOrg, purchase } from '../loyalty/exampleProgram.js';
import { RestClient } from '../restClient.js';

/** `Detail.Field` → master: the relationships that the metadata of a production org types as MasterDetail. */
const masters: Record<string, string> = {
  'BatchJobPart.BatchJobId': 'BatchJob',
  'BatchJobPartFailedRecord.BatchJobPartId': 'BatchJobPart',
  'Benefit.BenefitTypeId': 'BenefitType',
  'BenefitParameterValue.BenefitId': 'Benefit',
  'GameParticipantReward.GameParticipantId': 'GameParticipant',
  'GameReward.GameDefinitionId': 'GameDefinition',
  'JournalSubType.JournalTypeId': 'JournalType',
  'LoyaltyMemberCurrency.LoyaltyMemberId': 'LoyaltyProgramMember',
  'LoyaltyMembershipLifecycle.LoyaltyProgramMemberId': 'LoyaltyProgramMember',
  'LoyaltyMemberTier.LoyaltyMemberId': 'LoyaltyProgramMember',
  'LoyaltyPartnerProduct.LoyaltyPartnerId': 'LoyaltyProgramPartner',
  'LoyaltyPgmEngmtAttribute.LoyaltyProgramId': 'LoyaltyProgram',
  'LoyaltyPgmEngmtAttrProm.LoyaltyProgramEngmtAttrId': 'LoyaltyPgmEngmtAttribute',
  'LoyaltyPgmEngmtAttrProm.PromotionId': 'Promotion',
  'LoyaltyPgmGroupMbrRlnsp.LoyaltyProgramGroupMemberId': 'LoyaltyProgramMember',
  'LoyaltyPgmMbrAttributeVal.LoyaltyProgramMemberId': 'LoyaltyProgramMember',
  'LoyaltyPgmPartnerPromotion.PromotionId': 'Promotion',
  'LoyaltyProgramBadge.LoyaltyProgramId': 'LoyaltyProgram',
  'LoyaltyProgramCurrency.LoyaltyProgramId': 'LoyaltyProgram',
  'LoyaltyProgramCurrencyTier.LoyaltyProgramCurrencyId': 'LoyaltyProgramCurrency',
  'LoyaltyProgramMbrPromotion.LoyaltyProgramMemberId': 'LoyaltyProgramMember',
  'LoyaltyProgramMemberBadge.LoyaltyProgramMemberId': 'LoyaltyProgramMember',
  'LoyaltyProgramProcessParameter.LoyaltyProgramProcessId': 'LoyaltyProgramProcess',
  'LoyaltyTier.LoyaltyTierGroupId': 'LoyaltyTierGroup',
  'LoyaltyTierBenefit.LoyaltyTierId': 'LoyaltyTier',
  'LoyaltyTierGroup.LoyaltyProgramId': 'LoyaltyProgram',
  'MemberBenefit.MemberId': 'LoyaltyProgramMember',
  'ProductCategory.CatalogId': 'ProductCatalog',
  'PromotionLoyaltyPtnrProdt.PromotionId': 'Promotion',
  'PromotionMarketSegment.PromotionId': 'Promotion',
};

/** A row of any object, with what it needs. */
function insertAny(org: Emulator, objectName: string, given: Record<string, unknown> = {}): string {
  const values: Record<string, unknown> = { ...(objectName === 'Account' && { Name: 'x' }), ...given };
  for (const { name, definition } of org.store.type(objectName).requiredFields) {
    if (name in values) continue;
    const [parent = ''] = definition.referenceTo ?? [];
    if (definition.type === 'reference') values[name] = insertAny(org, parent);
    else if (definition.type === 'date' || definition.type === 'datetime') values[name] = '2026-01-01';
    else if (['int', 'long', 'double', 'currency', 'percent'].includes(definition.type)) values[name] = 1;
    else values[name] = definition.values?.[0] ?? 'x';
  }
  return org.store.insert(objectName, values, { as: 'org' });
}

describe('Master-detail relationships', () => {
  let org: Emulator;
  let api: RestClient;

  before(async () => {
    org = await Emulator.start();
    api = new RestClient(org);
  });

  after(() => org.stop());

  it('are those of a production org, and no others', () => {
    const found = sObjects.flatMap(({ name: object, fields }) =>
      Object.entries(fields)
        .filter(([, { masterDetail }]) => masterDetail)
        .map(([name, { referenceTo = [] }]) => [`${object}.${name}`, referenceTo.join()]),
    );
    expect(Object.fromEntries(found)).to.deep.equal(masters);
  });

  for (const [reference, master] of Object.entries(masters)) {
    const [detail = '', field = ''] = reference.split('.');

    it(`${reference}: describe shows it on both sides, and the detail is deleted with its master`, async () => {
      const children = (await api.get(`/sobjects/${master}/describe`)).body.childRelationships;
      const child = children.find((each: Record<string, unknown>) => {
        return each['childSObject'] === detail && each['field'] === field;
      });
      expect(child).to.include({ cascadeDelete: true, restrictedDelete: false });
      const { fields } = (await api.get(`/sobjects/${detail}/describe`)).body;
      expect(fields.find(({ name }: { name: string }) => name === field)).to.include({
        ...{ cascadeDelete: true, updateable: false },
      });
      expect(fields.map(({ name }: { name: string }) => name)).not.to.include('OwnerId');

      const masterId = insertAny(org, master);
      const detailId = insertAny(org, detail, { [field]: masterId });
      const stranger = insertAny(org, detail);
      org.store.delete(master, masterId, { as: 'org' });
      expect(org.store.get(detail, detailId)).to.equal(undefined);
      expect(org.store.get(detail, stranger)).not.to.equal(undefined);
    });
  }

  it('do not include those that only the guide calls master-detail, nor the lookups of journals and vouchers', async () => {
    const lookups = {
      'LoyaltyPgmMbrLinkedPtnr.LoyaltyProgramMemberId': 'LoyaltyProgramMember',
      'LoyaltyTierMshpFeeOption.LoyaltyTierId': 'LoyaltyTier',
      'LoyaltyTierPromotion.LoyaltyTierId': 'LoyaltyTier',
      'TransactionJournal.MemberId': 'LoyaltyProgramMember',
      'Voucher.LoyaltyProgramMemberId': 'LoyaltyProgramMember',
    };
    for (const [reference, parent] of Object.entries(lookups)) {
      const [child = '', field = ''] = reference.split('.');
      const children = (await api.get(`/sobjects/${parent}/describe`)).body.childRelationships;
      const own = children.filter(({ childSObject }: { childSObject: string }) => childSObject === child);
      for (const each of own) expect(each, reference).to.include({ cascadeDelete: false });
      const parentId = insertAny(org, parent);
      const childId = insertAny(org, child, { [field]: parentId });
      org.store.delete(parent, parentId);
      expect(org.store.get(child, childId), reference).to.include({ [field]: parentId });
    }
  });

  it('delete everything below a master: a deleted program leaves no currency, tier group or tier', async () => {
    await using example = await ExampleOrg.start();
    await example.withMembers('WX-1');
    expect(
      (await example.api.delete(`/sobjects/LoyaltyProgramMember/${await example.memberId('WX-1')}`)).status,
    ).to.equal(204);
    expect(await example.count('LoyaltyMemberCurrency')).to.equal(0);
    expect(await example.count('LoyaltyMemberTier')).to.equal(0);
    await example.api.delete(`/sobjects/LoyaltyProgram/${example.program.id}`);
    for (const object of ['LoyaltyProgramCurrency', 'LoyaltyTierGroup', 'LoyaltyTier']) {
      expect(await example.count(object), object).to.equal(0);
    }
  });

  it('lock their master when a detail is written, like the lookups to a member', async () => {
    await using example = await ExampleOrg.start();
    const { locks, store } = example.emulator;
    locks.wait = 0;
    await example.withMembers('WX-1');
    await example.execute([purchase('WX-1', 5)]);
    const { tierGroup, accrual } = example.program;
    const expectLocked = async (object: string, change: Record<string, unknown>): Promise<void> => {
      const ofHeld = object === 'JournalSubType' ? `WHERE JournalTypeId = '${accrual}'` : '';
      const [row] = await example.rows(`SELECT Id FROM ${object} ${ofHeld} LIMIT 1`);
      const { body } = await example.api.patch(`/sobjects/${object}/${String(row?.['Id'])}`, change);
      expect(body[0]?.errorCode, object).to.equal('UNABLE_TO_LOCK_ROW');
    };
    const hold = locks.hold([tierGroup, await example.memberId('WX-1'), accrual]);
    await expectLocked('LoyaltyTier', { Description: 'x' });
    await expectLocked('JournalSubType', { Description: 'x' });
    await expectLocked('LoyaltyMemberTier', { ReasonForChange: 'x' });
    await expectLocked('TransactionJournal', { Comment: 'x' });
    hold.release();
    // A lookup that is none of these leaves its parent alone.
    locks.hold([example.program.id]);
    expect(
      (await example.api.patch(`/sobjects/LoyaltyProgramMember/${await example.memberId('WX-1')}`, { GroupName: 'x' }))
        .status,
    ).to.equal(204);
    expect(store.count('LoyaltyProgramMember')).to.equal(1);
  });
});
