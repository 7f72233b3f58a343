import type { Connection } from 'jsforce';
import { DateTime } from 'luxon';
import { setTimeout as sleep } from 'node:timers/promises';

type FeedRow = Readonly<Record<string, string>>;
export type JournalFields = Readonly<Record<string, string | null | undefined>>;

/** Returns what turns a row of the example's feed into a record of TransactionJournal. Asks the org for the Ids first. */
export async function journalMaker(connection: Connection): Promise<(row: FeedRow) => JournalFields> {
  const { records: members } = await connection.query('SELECT Id, MembershipNumber FROM LoyaltyProgramMember', {
    maxFetch: 1_000_000,
    autoFetch: true,
  });
  const ids = new Map(members.map((row) => [String(row['MembershipNumber']), String(row['Id'])]));
  const { records: types } = await connection.query(`SELECT Id FROM JournalType WHERE Name = 'Accrual'`);
  const { records: subTypes } = await connection.query(`SELECT Id FROM JournalSubType WHERE Name = 'Purchase'`);
  const { records: programs } = await connection.query('SELECT Id FROM LoyaltyProgram');
  const times = new Map<string, number>();
  return (row) => {
    const natural = `${row['Receipt']}:${row['Product']}`;
    times.set(natural, (times.get(natural) ?? 0) + 1);
    return {
      Status: 'Pending',
      ExternalTransactionNumber: `harbour:${natural}:${times.get(natural)}`,
      MemberId: ids.get(row['Member'] ?? ''),
      LoyaltyProgramId: programs[0]?.['Id'],
      JournalTypeId: types[0]?.['Id'],
      JournalSubTypeId: subTypes[0]?.['Id'],
      ActivityDate: DateTime.fromFormat(row['Date'] ?? '', 'd/M/yyyy HH:mm', { zone: 'Europe/London' })
        .toUTC()
        .toISO(),
      TransactionAmount: (Number(row['Quantity']) * Number(row['UnitPrice'])).toFixed(2),
      Quantity: row['Quantity'],
      TransactionLocation: row['Store'],
      Comment: row['Description'],
    };
  };
}

/** Runs what is Pending by the org's batch job, and waits for its end. */
export async function runBatchJob(connection: Connection): Promise<void> {
  const path = '/actions/custom/batchJobAction/Process_Transaction_Journals';
  const [{ outputValues }] = await connection.requestPost<[{ outputValues: { batchJobId: string } }]>(path, {
    inputs: [{}],
  });
  for (;;) {
    const { records } = await connection.query(`SELECT Status FROM BatchJob WHERE Id = '${outputValues.batchJobId}'`);
    if (['Completed', 'CompletedWithFailures', 'Failed'].includes(String(records[0]?.['Status']))) return;
    await sleep(1000);
  }
}
