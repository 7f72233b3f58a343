import { expect } from 'chai';
import fc from 'fast-check';
import { stringify } from 'csv-stringify/sync';
import { Emulator } from '../../../src/emulator/index.js';
import { csvFormatOf } from '../../../src/emulator/platform/bulk/csv/csvFormat.js';
import { doubleCell, doubleText } from '../../../src/emulator/platform/bulk/csv/doubleText.js';
import { UploadedRows } from '../../../src/emulator/platform/bulk/ingest/uploadedRows.js';
import { seedProgram, sourceKey } from '../restClient.js';
import { BulkJobs } from './bulkJobs.js';

describe('CSV of bulk jobs', () => {
  let org: Emulator;
  let jobs: BulkJobs;

  before(async () => {
    org = await Emulator.start({ customFields: sourceKey });
    jobs = new BulkJobs(org);
    seedProgram(org);
  });

  after(() => org.stop());

  const delimiters = [
    ...[['BACKQUOTE', '`'] as const, ['CARET', '^'] as const, ['COMMA', ','] as const, ['PIPE', '|'] as const],
    ...[['SEMICOLON', ';'] as const, ['TAB', '\t'] as const],
  ];
  for (const [columnDelimiter, delimiter] of delimiters) {
    for (const [lineEnding, end] of [['LF', '\n'] as const, ['CRLF', '\r\n'] as const]) {
      it(`reads and writes ${columnDelimiter} with ${lineEnding}`, async () => {
        const key = `${columnDelimiter}-${lineEnding}`;
        const names = ['Src_Key__c', 'Member.MembershipNumber', 'ActivityDate', 'Brand'];
        const cells = [key, 'M-77', '2026-04-03T08:00:00Z', `"a${delimiter}b"`];
        const csv = [names, cells].map((each) => each.join(delimiter) + end).join('');
        const { id, info } = await jobs.run(csv, { columnDelimiter, lineEnding });
        expect(info).to.include({ state: 'JobComplete', numberRecordsFailed: 0, columnDelimiter, lineEnding });
        const stored = org.store.first('TransactionJournal', { Src_Key__c: key });
        expect(stored).to.include({ Brand: `a${delimiter}b` });
        const own = ['"sf__Id"', '"sf__Created"', ...names].join(delimiter);
        const values = [stored?.Id, 'true', key, 'M-77', '2026-04-03T08:00:00Z', `a${delimiter}b`];
        const line = values.map((value) => `"${value}"`).join(delimiter);
        expect(await jobs.file(id, 'successfulResults')).to.equal(own + end + line + end);
      });
    }
  }

  const good = 'Src_Key__c,Member.MembershipNumber,ActivityDate\nbad,M-77,2026-04-03T08:00:00Z\n';
  const wrongLineEnding = (setting: string): string =>
    `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${setting}`;
  const failures: readonly (readonly [string, string, Record<string, unknown>, string])[] = [
    ['CRLF where LF is set', good.replaceAll('\n', '\r\n'), {}, wrongLineEnding('LF')],
    ['LF where CRLF is set', good, { lineEnding: 'CRLF' }, wrongLineEnding('CRLF')],
    ['one LF among CRLF', `${good.replaceAll('\n', '\r\n')}x,M-77,\n`, { lineEnding: 'CRLF' }, wrongLineEnding('CRLF')],
    ['CRLF in quotes', good.replace('bad', '"b\r\nd"'), {}, wrongLineEnding('LF')],
    ['an unknown column', good.replace('ActivityDate', 'Foo__c'), {}, 'InvalidBatch : Field name not found : Foo__c'],
    ['a byte order mark', `\uFEFF${good}`, {}, 'InvalidBatch : Field name not found : \uFEFFSrc_Key__c'],
    [
      'a missing key',
      good.replace('Src_Key__c', 'Brand'),
      {},
      "InvalidBatch : The 'upsert' batch must contain the column 'Src_Key__c'",
    ],
    ['a missing id', good, { operation: 'update' }, "InvalidBatch : The 'update' batch must contain the column 'Id'"],
    [
      'a deletion of more than ids',
      'Id,Status\n0lV9z0000zzzzzzAAA,Pending\n',
      { operation: 'delete' },
      "InvalidBatch : The 'delete' batch must contain only ids",
    ],
    [
      'a deletion without ids',
      good,
      { operation: 'hardDelete' },
      "InvalidBatch : The 'hardDelete' batch must contain only ids",
    ],
    [
      'the same column twice',
      good.replace('ActivityDate', 'src_key__c'),
      {},
      'InvalidBatch : Duplicate field name : src_key__c',
    ],
    ['rows without a header', '\nk1,M-77\n', {}, 'ClientInputError : The header is empty'],
    ['too long a header', `${'x'.repeat(32_001)}\n`, {}, 'ClientInputError : The header is too long'],
    [
      'a type where there is one only',
      good.replace('Member.', 'LoyaltyProgramMember:Member.'),
      {},
      'InvalidBatch : type is not needed for non polymorphic foreign key references: Member',
    ],
    [
      'type and relationship the wrong way round',
      good.replace('Member.', 'Member:LoyaltyProgramMember.'),
      {},
      'InvalidBatch : Unable to find relationship: LoyaltyProgramMember',
    ],
    [
      'colons alone',
      good.replace('Member.', 'LoyaltyProgramMember:Member:'),
      {},
      'InvalidBatch : Field name not found : LoyaltyProgramMember:Member:MembershipNumber',
    ],
    ['an unknown parent', good.replace('Member.', 'Membre.'), {}, 'InvalidBatch : Unable to find relationship: Membre'],
    [
      'an unknown parent field',
      good.replace('MembershipNumber', 'Foo'),
      {},
      'InvalidBatch : Field name not found : Member.Foo',
    ],
    [
      'a parent field that is not a key',
      good.replace('MembershipNumber', 'MemberStatus'),
      {},
      'InvalidBatch : Field name provided, MemberStatus does not match an External ID, Salesforce Id, or indexed field for LoyaltyProgramMember',
    ],
  ];
  for (const [what, csv, job, errorMessage] of failures) {
    it(`fails the whole job for ${what}`, async () => {
      const { id, info } = await jobs.run(csv, job);
      expect(info).to.include({ state: 'Failed', errorMessage, numberRecordsProcessed: 0, numberRecordsFailed: 0 });
      expect(org.store.count('TransactionJournal', { Src_Key__c: 'bad' })).to.equal(0);
      // The fetch of the test drops a byte order mark.
      expect(await jobs.file(id, 'unprocessedrecords')).to.equal(csv.replace('\uFEFF', ''));
      expect(await jobs.file(id, 'failedResults')).to.equal('');
    });
  }

  it('finds parents of several types by type, relationship and key', async () => {
    const user = org.store.first('User', {});
    const insert = { object: 'Case', operation: 'insert', externalIdFieldName: undefined };
    const rows = `Subject,User:Owner.Username\nQuay,${String(user?.['Username'])}\nPier,nobody\n`;
    const { id, info } = await jobs.run(rows, insert);
    expect(info).to.include({ state: 'JobComplete', numberRecordsProcessed: 2, numberRecordsFailed: 1 });
    expect(org.store.count('Case', { Subject: 'Quay', OwnerId: user?.Id })).to.equal(1);
    const text = 'Foreign key external ID: nobody not found for field Username in entity User';
    expect(await jobs.errors(id, 'Subject')).to.deep.equal({ Pier: `INVALID_FIELD:${text}:--` });
    const without = await jobs.run(rows.replace('User:', ''), insert);
    expect(without.info).to.include({
      state: 'Failed',
      errorMessage: 'InvalidBatch : type is needed for polymorphic foreign key references: Owner',
    });
  });

  it('finds the owner of an account, which is always a user, without its type', async () => {
    const user = org.store.first('User', {});
    const insert = { object: 'Account', operation: 'insert', externalIdFieldName: undefined };
    const { info } = await jobs.run(`Name,Sic,Owner.Username\nQuay,0161,${String(user?.['Username'])}\n`, insert);
    expect(info).to.include({ state: 'JobComplete', numberRecordsFailed: 0 });
    expect(org.store.first('Account', { Name: 'Quay' })).to.include({ Sic: '0161', OwnerId: user?.Id });
  });

  it('refuses a row with a space beside a quote, and accepts the others', async () => {
    const rows = ['Src_Key__c,Member.MembershipNumber,ActivityDate', 'q1,"M-77",2026-04-03T08:00:00Z'];
    const csv = [
      ...rows,
      'q2, "M-77",2026-04-03T08:00:00Z',
      'q3,"M-77" ,2026-04-03T08:00:00Z',
      'q4,M-77,2026-04-03',
      '',
    ];
    const { id, info } = await jobs.run(csv.join('\n'));
    expect(info).to.include({ state: 'JobComplete', numberRecordsProcessed: 4, numberRecordsFailed: 2 });
    const error = 'INVALID_CSV_ROW:A quote is in a place where it is not allowed:--';
    expect(await jobs.errors(id)).to.deep.equal({ q2: error, q3: error });
  });

  it('reads what comes before a quote that is never closed', async () => {
    const { id, info } = await jobs.run(
      `Src_Key__c,Member.MembershipNumber,ActivityDate\nu1,M-77,2026-04-03\nu2,"M-77\n${'x,'.repeat(1_000_000)}`,
    );
    expect(info).to.include({ state: 'JobComplete', numberRecordsProcessed: 2, numberRecordsFailed: 1 });
    expect(await jobs.errors(id)).to.deep.equal({ '': 'INVALID_CSV_ROW:The row is too long:--' });
  });

  it('splits any CSV into the rows that a CSV library wrote', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', ' ', '😀') });
    const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(table, (cells) => {
        const csv = stringify(cells);
        const rows = new UploadedRows(Buffer.from(csv), csvFormatOf({}));
        const found: unknown[] = [];
        for (let from = 0; from < rows.end;) {
          const to = rows.next(from);
          found.push(...rows.read(from, to));
          from = to;
        }
        expect(found).to.deep.equal(cells);
        expect(rows.read(0, rows.end)).to.deep.equal(cells);
      }),
    );
  });
});

describe('Doubles in CSV', () => {
  const cases: readonly (readonly [number, string])[] = [
    [912260031, '9.12260031E8'],
    [123450000, '1.2345E8'],
    [10_000_000, '1.0E7'],
    [9_999_999, '9999999.0'],
    [45, '45.0'],
    [-12.5, '-12.5'],
    [0, '0.0'],
    [0.001, '0.001'],
    [0.0001, '1.0E-4'],
  ];
  for (const [number, text] of cases) it(`${number} is ${text}`, () => expect(doubleText(number)).to.equal(text));

  it('does not change texts that are not numbers', () => {
    expect(['', ' ', 'many', '#N/A', '1e8'].map(doubleCell)).to.deep.equal(['', ' ', 'many', '#N/A', '1.0E8']);
  });
});
