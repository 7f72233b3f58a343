import { expect } from 'chai';
import { systemClock } from '../../../src/base/clock.js';
import { sObjects } from '../../../src/contract/objects/index.js';
import { integrationUserId as userId, seedPlatform } from '../../../src/emulator/platform/seedPlatform.js';
import { toStoredDateTime } from '../../../src/emulator/store/values/storedDates.js';
import { ObjectModel } from '../../../src/emulator/store/model/objectModel.js';
import { RecentIds } from '../../../src/emulator/store/tables/recentIds.js';
import { Store } from '../../../src/emulator/store/store.js';

describe('What a store caches between writes', () => {
  let store: Store;

  beforeEach(() => {
    store = new Store({ model: new ObjectModel(sObjects), clock: systemClock, userId });
    seedPlatform(store, { timeZone: 'UTC' });
  });

  afterEach(() => store.close());

  const account = (): string => store.insert('Account', { Name: 'Quay' });
  const contactOf = (AccountId: string): string => store.insert('Contact', { LastName: 'Okafor', AccountId });

  it('does not include a deleted parent', () => {
    const id = account();
    contactOf(id);
    store.delete('Account', id);
    expect(() => contactOf(id)).to.throw('invalid cross reference id');
  });

  it('does not include a parent whose write was undone, together with others or alone', () => {
    let id = '';
    const undone = (): void =>
      store.transaction(() => {
        id = account();
        contactOf(id);
        throw new Error('stop');
      });
    expect(undone).to.throw('stop');
    expect(() => contactOf(id)).to.throw('invalid cross reference id');
    store.transaction(() => {
      expect(undone).to.throw('stop');
      expect(() => contactOf(id)).to.throw('invalid cross reference id');
    });
  });

  it('includes a parent whose deletion was undone', () => {
    const id = account();
    const undone = (): void =>
      store.transaction(() => {
        store.delete('Account', id);
        throw new Error('stop');
      });
    expect(undone).to.throw('stop');
    expect(contactOf(id)).to.match(/^003/);
  });

  it('includes the row of a key only until the object is written', () => {
    const type = store.type('LoyaltyProgram');
    const name = type.field('Name');
    if (!name) throw new Error('no Name');
    const named = (value: string): string[] => store.idsWith(type, name, value);
    expect(named('Cirrus')).to.deep.equal([]);
    const id = store.insert('LoyaltyProgram', { Name: 'Cirrus' });
    expect(named('cirrus')).to.deep.equal([id]);
    store.update('LoyaltyProgram', id, { Name: 'Nimbus' });
    expect([named('cirrus'), named('Nimbus')]).to.deep.equal([[], [id]]);
    const undone = (): void =>
      store.transaction(() => {
        store.erase('LoyaltyProgram', id);
        expect(named('Nimbus')).to.deep.equal([]);
        throw new Error('stop');
      });
    expect(undone).to.throw('stop');
    named('Nimbus').push('not kept');
    expect(named('Nimbus')).to.deep.equal([id]);
    store.delete('LoyaltyProgram', id);
    expect(named('Nimbus')).to.deep.equal([]);
  });

  it('is limited in size, and keeps recently used entries', () => {
    const ids = new RecentIds();
    for (let n = 0; n < 200_000; n++) {
      ids.add(String(n));
      ids.has('7');
    }
    expect([ids.has('7'), ids.has('8'), ids.has('199999')]).to.deep.equal([true, false, true]);
    ids.delete('7');
    expect(ids.has('7')).to.equal(false);
  });
});

describe('Stored date and time', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['2028-02-29T23:59:59Z', '2028-02-29T23:59:59.000Z'],
    ['2026-02-29T00:00:00Z', undefined],
    ['2100-02-29', undefined],
    ['2000-02-29', '2000-02-29T00:00:00.000Z'],
    ['2026-04-31', undefined],
    ['2026-13-01', undefined],
    ['2026-01-00', undefined],
    ['2026-04-03T24:00:00Z', '2026-04-04T00:00:00.000Z'],
    ['2026-04-03T25:00:00Z', undefined],
    ['2026-04-03T10:60:00Z', undefined],
    ['2026-04-03T10:00:00.123+0200', '2026-04-03T08:00:00.000Z'],
    ['2026-04-03T10:00', '2026-04-03T10:00:00.000Z'],
  ];
  for (const [text, stored] of cases) {
    it(`${text} is ${stored ?? 'none'}`, () => {
      expect(toStoredDateTime(text)).to.equal(stored);
    });
  }
});
