import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';

describe('SOQL functions and TYPEOF in a select list', () => {
  let org: Emulator;
  let client: RestClient;

  before(async () => {
    const clock = { now: () => Date.parse('2026-04-03T08:05:00Z'), sleep: () => Promise.resolve() };
    org = await Emulator.start({ clock, settings: { timeZone: 'Europe/Berlin' } });
    client = new RestClient(org);
    org.store.insert('Account', { Name: 'Acme', AnnualRevenue: 1234567, NumberOfEmployees: 12000 });
    const queue = org.store.insert('Group', { Name: 'Desk', Type: 'Queue' });
    org.store.insert('Case', { Subject: 'Mine' });
    org.store.insert('Case', { Subject: 'Ours', OwnerId: queue });
  });

  after(() => org.stop());

  const rows = async (soql: string): Promise<Record<string, unknown>[]> => {
    const { status, body } = await client.query(soql);
    expect(status, JSON.stringify(body)).to.equal(200);
    return body.records as Record<string, unknown>[];
  };

  it('FORMAT shows numbers, amounts and times as the user sees them', async () => {
    const [row] = await rows(
      'SELECT FORMAT(AnnualRevenue) amount, FORMAT(NumberOfEmployees), FORMAT(CreatedDate) made, AnnualRevenue, FORMAT(Phone) p FROM Account',
    );
    expect(row).to.include({ NumberOfEmployees: '12,000', AnnualRevenue: 1234567, p: null });
    expect(row?.['amount']).to.match(/^\$1,234,567(\.00)?$/);
    expect(row?.['made']).to.match(/^4\/3\/2026,? 10:05\sAM$/);
  });

  it('FORMAT shows totals, too', async () => {
    const [row] = await rows('SELECT FORMAT(MAX(CreatedDate)) latest, FORMAT(SUM(NumberOfEmployees)) all FROM Account');
    expect(row?.['all']).to.equal('12,000');
    expect(row?.['latest']).to.match(/^4\/3\/2026/);
  });

  it('convertCurrency needs several currencies', async () => {
    const { status, body } = await client.query('SELECT convertCurrency(AnnualRevenue) FROM Account');
    expect([status, body[0].errorCode]).to.deep.equal([400, 'INVALID_FIELD']);
    await using other = await Emulator.start({ settings: { multiCurrency: ['EUR', 'USD'] } });
    other.store.insert('Account', { Name: 'Acme', AnnualRevenue: 5 });
    const soql =
      'SELECT convertCurrency(AnnualRevenue) mine, FORMAT(convertCurrency(AnnualRevenue)) shown FROM Account';
    const [row] = (await new RestClient(other).query(soql)).body.records;
    expect(row.mine).to.equal(5);
    expect(row.shown).to.match(/^EUR 5(\.00)?$/);
  });

  it('TYPEOF reads the fields that fit the object that a reference leads to', async () => {
    const soql =
      'SELECT Subject, TYPEOF Owner WHEN User THEN Username, Profile.Name WHEN Group THEN Type ELSE Name END FROM Case ORDER BY Subject';
    const [mine, ours] = await rows(soql);
    expect(mine?.['Owner']).to.deep.include({ Username: 'integration@loyalty.example' });
    expect((mine?.['Owner'] as { attributes: { type: string } }).attributes.type).to.equal('User');
    expect((mine?.['Owner'] as { Profile: object }).Profile).to.deep.include({ Name: 'System Administrator' });
    expect(ours?.['Owner']).to.deep.include({ Type: 'Queue' }).and.to.not.have.property('Username');
  });

  it('TYPEOF without an ELSE leaves out what fits no WHEN, and ELSE reads the name', async () => {
    const [mine, ours] = await rows('SELECT TYPEOF Owner WHEN Group THEN Type END FROM Case ORDER BY Subject');
    expect([mine?.['Owner'], (ours?.['Owner'] as { Type: string }).Type]).to.deep.equal([null, 'Queue']);
    const [other] = await rows('SELECT TYPEOF Owner WHEN Group THEN Type ELSE Name END FROM Case ORDER BY Subject');
    expect(other?.['Owner']).to.deep.include({ Name: 'Integration User' });
  });

  it('TYPEOF is refused where the object or the field does not fit', async () => {
    for (const [soql, errorCode] of [
      ['SELECT TYPEOF Owner WHEN Account THEN Name END FROM Case', 'INVALID_FIELD'],
      ['SELECT TYPEOF Owner WHEN User THEN Type END FROM Case', 'INVALID_FIELD'],
      ['SELECT TYPEOF Account WHEN Account THEN Name END FROM Case', 'INVALID_FIELD'],
    ] as const) {
      const { status, body } = await client.query(soql);
      expect([status, body[0].errorCode], soql).to.deep.equal([400, errorCode]);
    }
  });
});
