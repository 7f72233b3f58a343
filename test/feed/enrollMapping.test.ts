import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { DescribeResult } from '../../src/contract/query.js';
import {
  endedGroupsInMemory,
  FeedError,
  journalTarget,
  openFeed,
  parseMapping,
  transactionsOf,
} from '../../src/feed/index.js';
import type { JournalTarget, MemberFields } from '../../src/feed/index.js';

const described = (name: string, fields: readonly (readonly [string, string, number?])[]): DescribeResult => ({
  name,
  fields: fields.map(([field, type, length = 255]) => ({ name: field, type, length, createable: true })),
});
const journal = described('TransactionJournal', [
  ['ActivityDate', 'datetime'],
  ['JournalTypeId', 'reference'],
]);
const members: MemberFields = {
  account: described('Account', [
    ['PersonBirthdate', 'date'],
    ['Level__pc', 'string', 4],
  ]),
  member: described('LoyaltyProgramMember', [['Card__c', 'string']]),
};
const target = journalTarget(journal, { members });

const mappingWith = (enroll: string) =>
  parseMapping(
    `
source: till
key: id
member: card
journal: { ActivityDate: at, JournalTypeName: { value: Accrual } }
${enroll}`,
    'till.yml',
  );

const section = `
enroll:
  lastName: Name
  firstName: { expression: "$uppercase(First)" }
  email: Mail
  enrollmentDate: { date: Joined, format: dd.MM.yyyy }
  Birthdate: { date: Born, format: dd.MM.yyyy }
  Card__c: card
skip: Name = 'Test'
`;
const header = 'id,card,at,Name,First,Mail,Joined,Born';

describe('the section enroll of a mapping', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-enroll-'));
  });

  after(() => rm(folder, { recursive: true }));

  async function read(text: string, mapping = mappingWith(section), to: JournalTarget = target) {
    const path = join(folder, 'till.csv');
    await writeFile(path, text);
    const feed = await openFeed(path, mapping);
    feed.check?.(to);
    const entries = (await Array.fromAsync(feed.read({ endedGroups: endedGroupsInMemory(), target: to }))).flatMap(
      (stretch) => stretch.entries,
    );
    return entries.flatMap((entry): unknown[] =>
      entry.kind === 'rejection'
        ? [entry.rejection.message]
        : transactionsOf(entry).map(({ enrollment }) => enrollment),
    );
  }

  const failure = async (reading: Promise<unknown>): Promise<string> => {
    const error: unknown = await reading.catch((reason: unknown) => reason);
    return error instanceof FeedError ? `${error.message} ${error.actions.join(' ')}` : String(error);
  };

  it('makes the details of a member from the row: inputs, fields of the org, expressions, days', async () => {
    const [details, test] = await read(
      `${header}\n1,HR-1,2026-04-02T09:15:00Z,Weber,Ann,ann@example.com,01.04.2026,31.12.1990\n2,HR-2,2026-04-02T09:15:00Z,Test,,,,\n`,
    );
    expect(details).to.deep.equal({
      enrollmentDate: '2026-04-01T00:00:00',
      memberStatus: 'Active',
      associatedContactDetails: {
        firstName: 'ANN',
        lastName: 'Weber',
        email: 'ann@example.com',
        allowDuplicateRecords: false,
        additionalContactFieldValues: { attributes: { PersonBirthdate: '1990-12-31' } },
      },
      additionalMemberFieldValues: { attributes: { Card__c: 'HR-1' } },
    });
    expect(test).to.equal(undefined);
  });

  it('rejects no purchase whose row has no usable details, but says why there are none', async () => {
    const rows = [
      '1,HR-1,2026-04-02T09:15:00Z,,Ann,,,',
      '2,HR-2,2026-04-02T09:15:00Z,Weber,,,,31/12/1990',
      '3,HR-3,2026-04-02T09:15:00Z,Weber,,,,',
    ];
    const [noName, noDay, fine] = await read([header, ...rows, ''].join('\n'));
    const path = join(folder, 'till.csv');
    expect(noName).to.deep.equal({ problem: `${path} line 2: lastName is missing.` });
    expect(noDay)
      .to.have.property('problem')
      .that.matches(/ line 3: Born "31\/12\/1990" /);
    // The date of the enrollment is that of the call.
    expect(fine).to.not.have.property('enrollmentDate');
  });

  it('reads the lines of one receipt together', async () => {
    const mapping = mappingWith(`group: { by: id }\n${section}`);
    const [details, none] = await read(
      `${header}\n1,HR-1,2026-04-02T09:15:00Z,,Ann,,,\n1,HR-1,2026-04-02T09:15:00Z,Weber,,,,31.12.1990\n`,
      mapping,
    );
    expect(details).to.deep.include({ memberStatus: 'Active' });
    expect(details).to.have.nested.property('associatedContactDetails.lastName', 'Weber');
    expect(details).to.have.nested.property('associatedContactDetails.firstName', 'ANN');
    expect(none).to.equal(undefined);
  });

  it('needs no column, and evaluates nothing, where nobody is to be enrolled', async () => {
    const text = 'id,card,at,Name\n1,HR-1,2026-04-02T09:15:00Z,x\n';
    expect(await read(text, undefined, journalTarget(journal))).to.deep.equal([undefined]);
    expect(await failure(read(text))).to.match(/^till\.yml line \d+ names the column Mail, but the columns of /);
  });

  it('is an error at the start if it is missing, names what the org does not have, or says something twice', async () => {
    const errors = {
      '': /^till\.yml line \d: members are to be enrolled, but the mapping does not say with what\. Add a section/,
      'enroll: { firstName: a }': /^till\.yml line 6: `enroll` needs the key `lastName`\./,
      'enroll: { lastName: a, membershipNumber: b }': /`enroll\.membershipNumber` is filled from `member`\. Remove it/,
      'enroll: { lastName: a, Levle__pc: b }':
        /`enroll\.Levle__pc` is not a column of members.*do you mean Level__pc\?/,
      'enroll: { lastName: a, Birthdate: b, PersonBirthdate: c }':
        /`enroll\.PersonBirthdate` is the same field as Birthdate/,
      'enroll: { lastName: { expression: "$oops(" } }': /`enroll\.lastName` cannot be used: /,
      'enroll: { lastName: { dat: a } }': /`enroll\.lastName\.dat` is not a key of a mapping\. Write `date`/,
    };
    for (const [text, expected] of Object.entries(errors)) {
      const reading = async () => read('id,card,at,a,b,c\n', mappingWith(text));
      expect(await failure(reading())).to.match(expected);
    }
  });
});
