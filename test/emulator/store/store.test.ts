import { expect } from 'chai';
import { systemClock } from '../../../src/base/clock.js';
import { sObjects } from '../../../src/contract/objects/index.js';
import type { SObjectDefinition } from '../../../src/contract/sobject.js';
import { OrgRefusal } from '../../../src/emulator/orgRefusal.js';
import { to18 } from '../../../src/emulator/store/ids/recordIds.js';
import { IdSequence } from '../../../src/emulator/store/ids/idSequence.js';
import { labelOf } from '../../../src/emulator/store/model/fieldLabels.js';
import { ObjectModel } from '../../../src/emulator/store/model/objectModel.js';
import { Store } from '../../../src/emulator/store/store.js';

const userId = to18('0059z0000000001');

const family: SObjectDefinition[] = [
  {
    ...{ name: 'Parent__c', label: 'Parent', labelPlural: 'Parents', keyPrefix: 'a00', since: 50 },
    ...{ createable: true, updateable: true, deletable: true },
    fields: { Name: { type: 'string', required: true, createable: true } },
    children: [
      { name: 'Children__r', childObject: 'Child__c', field: 'Parent__c' },
      { name: 'Friends__r', childObject: 'Child__c', field: 'Friend__c' },
    ],
  },
  {
    ...{ name: 'Child__c', label: 'Child', labelPlural: 'Children', keyPrefix: 'a01', since: 50, createable: true },
    fields: {
      Parent__c: {
        ...{ type: 'reference', referenceTo: ['Parent__c'], relationshipName: 'Parent__r', createable: true },
        masterDetail: true,
      },
      Friend__c: { type: 'reference', referenceTo: ['Parent__c'], relationshipName: 'Friend__r', createable: true },
      Elsewhere__c: { type: 'reference', referenceTo: ['Unknown__c'], createable: true },
      Secret__c: { type: 'string' },
    },
  },
];

describe('Store', () => {
  let store: Store;

  beforeEach(() => {
    store = new Store({ model: new ObjectModel(family), clock: systemClock, userId });
  });

  afterEach(() => store.close());

  const parent = (Name: string): string => store.insert('Parent__c', { Name });
  const names = (): unknown[] => store.find('Parent__c', {}).map((row) => row['Name']);

  it('commits all writes of a transaction, or none', () => {
    const failing = (): void =>
      store.transaction(() => {
        parent('lost');
        parent('');
      });
    expect(failing).to.throw(OrgRefusal, 'Required fields are missing: [Name]');
    expect(names()).to.deep.equal([]);
    store.transaction(() => {
      parent('a');
      parent('b');
    });
    expect(names()).to.deep.equal(['a', 'b']);
  });

  it('undoes an inner transaction alone', () => {
    store.transaction(() => {
      parent('outer');
      expect(() =>
        store.transaction(() => {
          parent('inner');
          store.transaction(() => parent('innermost'));
          throw new Error('undo');
        }),
      ).to.throw('undo');
      parent('after');
    });
    expect(names()).to.deep.equal(['outer', 'after']);
  });

  it('never assigns an id twice, even after an undone write', () => {
    const ids = new Set<string>();
    for (let round = 0; round < 3; round++) {
      ids.add(parent('kept'));
      expect(() =>
        store.transaction(() => {
          ids.add(parent('undone'));
          throw new Error('undo');
        }),
      ).to.throw('undo');
    }
    expect(ids.size).to.equal(6);
  });

  it('deletes children with their parent, and only those that belong to it', () => {
    const Parent__c = parent('a');
    const Friend__c = parent('b');
    const child = store.insert('Child__c', { Parent__c, Friend__c });
    const friend = store.insert('Child__c', { Friend__c: Parent__c });
    store.delete('Parent__c', Parent__c);
    expect(store.get('Child__c', child)).to.equal(undefined);
    expect(store.get('Child__c', friend)).to.include({ Friend__c: Parent__c });
    expect(store.count('Parent__c')).to.equal(1);
  });

  it('finds by any field, ignoring case in text, by ids of 15 or 18 characters, and by null', () => {
    const Parent__c = parent('Cirrus');
    const child = store.insert('Child__c', { Parent__c });
    expect(store.first('parent__c', { name: 'CIRRUS' })?.Id).to.equal(Parent__c);
    expect(store.count('Child__c', { Parent__c: Parent__c.slice(0, 15), Friend__c: null })).to.equal(1);
    expect(store.find('Child__c', { Parent__c: null })).to.deep.equal([]);
    expect(store.get('Child__c', child.slice(0, 15))?.Id).to.equal(child);
    expect(() => store.find('Child__c', { Nothing__c: 1 })).to.throw(OrgRefusal, "No such column 'Nothing__c'");
  });

  it('lets the org write fields that callers cannot write', () => {
    expect(() => store.insert('Child__c', { Secret__c: 'x' })).to.throw(OrgRefusal, 'Unable to create/update fields');
    const id = store.insert('Child__c', { Secret__c: 'x' }, { as: 'org' });
    expect(() => store.update('Child__c', id, {})).to.throw(OrgRefusal, 'entity type cannot be updated: Child');
    expect(() => store.delete('Child__c', id)).to.throw(OrgRefusal, 'entity type cannot be deleted: Child');
    store.update('Child__c', id, { Secret__c: 'y' }, { as: 'org' });
    expect(store.get('Child__c', id)).to.include({ Secret__c: 'y' });
  });

  it('puts a row under a given id, once', () => {
    const id = to18('a009z0000000100');
    store.put('Parent__c', id, { Name: 'first' });
    store.put('Parent__c', id, { Name: 'second' });
    expect(names()).to.deep.equal(['second']);
    expect(parent('next') > id).to.equal(true);
  });

  it('accepts any id of an object that it does not have', () => {
    const Elsewhere__c = 'zzz000000000001AAA';
    const id = store.insert('Child__c', { Elsewhere__c });
    expect(store.get('Child__c', id)).to.include({ Elsewhere__c });
  });

  it('records the acting user', () => {
    const other = to18('0059z0000000002');
    const id = store.insert('Parent__c', { Name: 'a' }, { userId: other });
    expect(store.get('Parent__c', id)).to.include({ CreatedById: other, LastModifiedById: other });
    store.update('Parent__c', id, {});
    expect(store.get('Parent__c', id)).to.include({ CreatedById: other, LastModifiedById: userId });
  });

  it('finds by an indexed field without reading the table', () => {
    const journals = new Store({ model: new ObjectModel(sObjects), clock: systemClock, userId });
    const plan = (field: string): string => {
      const sql = `EXPLAIN QUERY PLAN SELECT 1 FROM TransactionJournal WHERE ${field} = ? AND IsDeleted = 0`;
      return String(journals.db.prepare(sql).get('x')?.['detail']);
    };
    const filters = ['ActivityDate', 'ExternalTransactionNumber', 'Id', 'JournalTypeId', 'LoyaltyProgramId'];
    for (const field of [...filters, 'MemberId', 'OrderId', 'RelatedJournalId', 'UsageType']) {
      expect(plan(field)).to.match(/USING (COVERING )?INDEX/);
    }
    expect(plan('Brand')).to.match(/^SCAN/);
    journals.close();
  });

  it('finds by the field that fewest rows share, not by the program or the currency of all members', () => {
    const org = new Store({ model: new ObjectModel(sObjects), clock: systemClock, userId });
    const pairs = [
      ['LoyaltyMemberCurrency', 'LoyaltyMemberId', 'LoyaltyProgramCurrencyId'],
      ['LoyaltyMemberTier', 'LoyaltyMemberId', 'LoyaltyTierGroupId'],
      ['LoyaltyProgramMbrPromotion', 'LoyaltyProgramMemberId', 'PromotionId'],
      ['LoyaltyProgramMember', 'MembershipNumber', 'ProgramId'],
      ['TransactionJournal', 'ExternalTransactionNumber', 'LoyaltyProgramId'],
      ['TransactionJournal', 'ExternalTransactionNumber', 'MemberId'],
      ['Voucher', 'LoyaltyProgramMemberId', 'VoucherDefinitionId'],
    ] as const;
    for (const [object, rare, common] of pairs) {
      const sql = `EXPLAIN QUERY PLAN SELECT 1 FROM "${object}" WHERE "${common}" = ? AND "${rare}" = ?`;
      expect(String(org.db.prepare(sql).get('x', 'y')?.['detail']), object).to.include(`(${rare}=?)`);
    }
    org.close();
  });
});

describe('Ids', () => {
  it('are ascending in the order of their bytes', () => {
    const sequence = new IdSequence('0lV', undefined);
    const ids = Array.from({ length: 5_000 }, () => sequence.next().id);
    expect([...ids].sort()).to.deep.equal(ids);
    expect(ids[0]).to.equal('0lV9z0000000001EAA');
    expect(new Set(ids.map((id) => id.length))).to.deep.equal(new Set([18]));
  });

  it('continue after the last id, and ignore foreign ids', () => {
    expect(new IdSequence('0lV', '0lV9z000000001AEAQ').next().id.slice(0, 15)).to.equal('0lV9z000000001B');
    expect(new IdSequence('0lV', '0lV000000000zzzAAA').next().ordinal).to.equal(1);
  });
});

describe('Labels', () => {
  for (const [name, label] of Object.entries({
    ExternalTransactionNumber: 'External Transaction Number',
    MemberId: 'Member ID',
    Id: 'ID',
    Src_Key__c: 'Src Key',
    LoyaltyPgmCrcySubtypeId: 'Loyalty Pgm Crcy Subtype ID',
    QpResetDate: 'Qp Reset Date',
    IsURLShown: 'Is URL Shown',
  })) {
    it(`${name} reads ${label}`, () => expect(labelOf(name)).to.equal(label));
  }
});
