import { expect } from 'chai';
import { systemClock } from '../../../src/base/clock.js';
import type { FieldDefinition, SObjectDefinition } from '../../../src/contract/sobject.js';
import { Emulator } from '../../../src/emulator/index.js';
import { ObjectModel } from '../../../src/emulator/store/model/objectModel.js';
import { Store } from '../../../src/emulator/store/store.js';

const text = (more: Partial<FieldDefinition> = {}): FieldDefinition => ({
  ...{ type: 'string', length: 40, createable: true, updateable: true },
  ...more,
});

const pier = (fields: SObjectDefinition['fields'] = {}): SObjectDefinition => ({
  ...{ name: 'Pier__c', label: 'Pier', labelPlural: 'Piers', keyPrefix: 'a00', since: 31 },
  ...{ createable: true, updateable: true, deletable: true },
  fields: { Name: text(), Key__c: text({ externalId: true }), ...fields },
});

describe('A store whose objects change', () => {
  let store: Store;

  beforeEach(() => {
    store = new Store({ model: new ObjectModel([pier()]), clock: systemClock, userId: '005000000000001AAA' });
  });

  afterEach(() => store.close());

  it('goes on with the ids, and keeps rows', () => {
    const first = store.insert('Pier__c', { Name: 'A' });
    store.erase('Pier__c', store.insert('Pier__c', { Name: 'B' }));
    store.changeModel([pier({ Brand__c: text() })]);
    const next = store.insert('Pier__c', { Name: 'C', Brand__c: 'x' });
    expect(next.slice(0, 15) > first.slice(0, 15)).to.equal(true);
    expect(store.find('Pier__c', {}).map(({ Name, Brand__c: brand }) => [Name, brand])).to.deep.equal([
      ['A', null],
      ['C', 'x'],
    ]);
    // An erased row's id is never given out again.
    expect(Number.parseInt(next.slice(6, 15), 36) - Number.parseInt(first.slice(6, 15), 36)).to.equal(2);
  });

  it('keeps rows, their order, ids and indexes when many fields come, and when they go', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`F${index}__c`, text()]));
    const first = store.insert('Pier__c', { Name: 'A', Key__c: 'a' });
    store.erase('Pier__c', store.insert('Pier__c', { Name: 'B' }));
    store.insert('Pier__c', { Name: 'C', Key__c: 'c' });
    store.changeModel([pier({ ...many, Sold__c: { type: 'boolean', createable: true, updateable: true } })]);
    store.update('Pier__c', first, { F99__c: 'x' });
    store.insert('Pier__c', { Name: 'D', F0__c: 'y' });
    const rows = store.find('Pier__c', {});
    expect(rows.map(({ Name, F99__c: last, Sold__c: sold }) => [Name, last, sold])).to.deep.equal([
      ['A', 'x', false],
      ['C', null, false],
      ['D', null, false],
    ]);
    expect(store.first('Pier__c', { Key__c: 'c' })).to.include({ Name: 'C' });
    store.changeModel([pier({ F0__c: text() })]);
    expect(store.find('Pier__c', {}).map(({ Name, F0__c: kept }) => [Name, kept])).to.deep.equal([
      ['A', null],
      ['C', null],
      ['D', 'y'],
    ]);
    const indexes = store.db.prepare("SELECT name FROM sqlite_schema WHERE tbl_name = 'Pier__c' AND type = 'index'");
    expect(indexes.all().map(({ name }) => name)).to.include('Pier__c.Key__c');
  });

  it('keeps the rules of an object whose table is rebuilt', async () => {
    await using org = await Emulator.start();
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`F${index}__c`, text()]));
    const before = org.store.model.definitions;
    const sale = (): string => {
      const values = { Name: 'O', CloseDate: '2026-05-01', StageName: 'Qualification', Amount: 50 };
      return org.store.insert('Opportunity', values);
    };
    const ids = [sale()];
    org.store.changeModel(before.map((each) => ({ ...each, fields: { ...each.fields, ...many } })));
    ids.push(sale());
    for (const id of ids) {
      expect(org.store.get('Opportunity', id)).to.include({ Probability: 10, ExpectedRevenue: 5, IsClosed: false });
    }
  });

  it('shows later rows to whoever still has a type of before', () => {
    const type = store.type('Pier__c');
    const key = type.field('Key__c');
    if (!key) throw new Error('no key');
    store.changeModel([pier({ Brand__c: text() })]);
    expect(store.idsWith(type, key, 'a')).to.deep.equal([]);
    const id = store.insert('Pier__c', { Name: 'A', Key__c: 'a' });
    expect(store.idsWith(type, key, 'a')).to.deep.equal([id]);
  });

  it('has its old objects again after a change that was taken back', () => {
    store.insert('Pier__c', { Name: 'A', Key__c: 'a' });
    const before = store.model.definitions;
    const change = (): void =>
      store.transaction(() => {
        store.changeModel([]);
        throw new Error('taken back');
      });
    expect(change).to.throw('taken back');
    store.changeModel(before);
    expect(store.first('Pier__c', { Key__c: 'a' })).to.include({ Name: 'A' });
    expect(store.count('Pier__c')).to.equal(1);
  });
});
