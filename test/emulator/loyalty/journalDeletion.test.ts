import { expect } from 'chai';
import { BulkJobs } from '../bulk/bulkJobs.js';
import { ExampleOrg, purchase } from './exampleProgram.js';

async function withJournal(org: ExampleOrg): Promise<{ journal: string; ledgers: string[] }> {
  await org.withMembers('WX-1');
  await org.execute([purchase('WX-1', 5)]);
  const ids = async (object: string): Promise<string[]> =>
    (await org.rows(`SELECT Id FROM ${object}`)).map((row) => String(row['Id']));
  const [journal = ''] = await ids('TransactionJournal');
  return { journal, ledgers: await ids('LoyaltyLedger') };
}

describe('Deleting journals and ledgers', () => {
  it('is refused in all APIs unless a setting allows it', async () => {
    await using org = await ExampleOrg.start();
    const { journal, ledgers } = await withJournal(org);
    for (const [object, id] of [
      ['TransactionJournal', journal],
      ['LoyaltyLedger', ledgers[0] ?? ''],
    ] as const) {
      const { status, body } = await org.api.delete(`/sobjects/${object}/${id}`);
      expect([status, body[0].errorCode]).to.deep.equal([400, 'INSUFFICIENT_ACCESS_OR_READONLY']);
      expect(body[0].message).to.include('by the SOAP API only');
      const many = await org.api.delete(`/composite/sobjects?ids=${id}`);
      expect(many.body[0]).to.include({ success: false });
      for (const operation of ['delete', 'hardDelete']) {
        const { info } = await new BulkJobs(org.emulator).run(`Id\n${id}\n`, {
          ...{ object, operation, externalIdFieldName: undefined },
        });
        expect(info).to.include({ numberRecordsFailed: 1 });
      }
      expect(await org.count(object)).to.be.greaterThan(0);
    }
  });

  it('must begin with the ledgers: a journal with ledgers is kept', async () => {
    await using org = await ExampleOrg.start({ settings: { allowJournalDeletion: true } });
    const { journal, ledgers } = await withJournal(org);
    const refusal = await org.api.delete(`/sobjects/TransactionJournal/${journal}`);
    expect([refusal.status, refusal.body[0].errorCode]).to.deep.equal([400, 'DELETE_FAILED']);
    expect(refusal.body[0].message).to.include(`associated with the following loyalty ledgers: ${ledgers[0]}`);
    for (const ledger of ledgers) {
      expect((await org.api.delete(`/sobjects/LoyaltyLedger/${ledger}`)).status).to.equal(204);
    }
    expect((await org.api.delete(`/sobjects/TransactionJournal/${journal}`)).status).to.equal(204);
    // What the ledgers did is not undone.
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 5, Stars: 5 });
  });

  it('is still allowed according to describe', async () => {
    await using org = await ExampleOrg.start();
    expect((await org.api.get('/sobjects/TransactionJournal/describe')).body).to.include({ deletable: true });
  });
});
