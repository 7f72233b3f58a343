import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { BulkJobs } from '../bulk/bulkJobs.js';
import { ExampleOrg, purchase } from './exampleProgram.js';

const several = { settings: { multiCurrency: true } };

describe('CurrencyIsoCode', () => {
  it('does not exist in an org with one currency', async () => {
    await using org = await ExampleOrg.start();
    await org.withMembers('WX-1');
    const { status, body } = await org.execute([purchase('WX-1', 5, { CurrencyIsoCode: 'USD' })]);
    expect([status, body[0].errorCode]).to.deep.equal([400, 'INVALID_FIELD']);
    expect((await org.api.query('SELECT CurrencyIsoCode FROM TransactionJournal')).status).to.equal(400);
  });

  it('is the currency of the org unless another is given, in real-time journals, processes and records', async () => {
    await using org = await ExampleOrg.start(several);
    await org.withMembers('WX-1');
    org.addProcess('CreditPointsToMembers');
    const sent = [{}, { CurrencyIsoCode: 'EUR' }];
    for (const more of sent) {
      expect((await org.execute([purchase('WX-1', 5, more)])).body).to.include({ status: true });
      const journal = { ...purchase('WX-1', 5, more) };
      const credited = await org.process('CreditPointsToMembers', { PointsToCredit: 5, TransactionJournal: journal });
      expect(credited.body).to.include({ status: true });
      await org.api.create('TransactionJournal', {
        ...{ MemberId: await org.memberId('WX-1'), ActivityDate: '2026-03-01T10:00:00Z' },
        ...more,
      });
    }
    const rows = await org.rows('SELECT CurrencyIsoCode FROM TransactionJournal ORDER BY Id');
    expect(rows.map((row) => row['CurrencyIsoCode'])).to.deep.equal(['USD', 'USD', 'USD', 'EUR', 'EUR', 'EUR']);
  });

  it('must be one of the currencies of the org', async () => {
    await using org = await ExampleOrg.start({ settings: { multiCurrency: ['EUR', 'CHF'] } });
    await org.withMembers('WX-1');
    const { status, body } = await org.execute([purchase('WX-1', 5, { CurrencyIsoCode: 'USD' })]);
    expect([status, body[0].errorCode]).to.deep.equal([400, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST']);
    const [member] = await org.rows('SELECT CurrencyIsoCode FROM LoyaltyProgramMember');
    expect(member?.['CurrencyIsoCode']).to.equal('EUR');
    const { fields } = (await org.api.get('/sobjects/TransactionJournal/describe')).body;
    const field = fields.find(({ name }: { name: string }) => name === 'CurrencyIsoCode');
    expect(field).to.include({ type: 'picklist', length: 3, restrictedPicklist: true, defaultedOnCreate: true });
    expect(field.picklistValues.map(({ value }: { value: string }) => value)).to.deep.equal(['EUR', 'CHF']);
  });

  it('is on objects with a currency, but not on ledgers', async () => {
    await using org = await ExampleOrg.start(several);
    const having = ['Account', 'LoyaltyMemberCurrency', 'LoyaltyTier', 'LoyaltyPgmMbrPromEligView', 'Voucher'];
    const lacking = ['LoyaltyLedger', 'LoyaltyAggrPointExprLedger', 'RecordType', 'BatchJob'];
    for (const object of having) {
      expect((await org.api.query(`SELECT CurrencyIsoCode FROM ${object}`)).status, object).to.equal(200);
    }
    for (const object of lacking) {
      expect((await org.api.query(`SELECT CurrencyIsoCode FROM ${object}`)).status, object).to.equal(400);
    }
  });

  it('is a column of bulk jobs', async () => {
    await using org = await ExampleOrg.start(several);
    await org.withMembers('WX-1');
    const csv = `MemberId,ActivityDate,CurrencyIsoCode\n${await org.memberId('WX-1')},2026-03-01T10:00:00Z,GBP\n`;
    await new BulkJobs(org.emulator).run(csv, { operation: 'insert', externalIdFieldName: undefined });
    expect(await org.count('TransactionJournal', "WHERE CurrencyIsoCode = 'GBP'")).to.equal(1);
  });

  it('refuses an invalid list of currencies with the reason', async () => {
    for (const [codes, message] of [
      [['euro'], '"euro" is not an ISO 4217 code'],
      [[], 'at least one currency'],
    ] as const) {
      const error: unknown = await Emulator.start({ settings: { multiCurrency: codes } }).catch(
        (each: unknown) => each,
      );
      expect(String(error)).to.include(message);
    }
  });
});
