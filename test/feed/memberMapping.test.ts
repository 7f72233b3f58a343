import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { DescribeResult } from '../../src/contract/query.js';
import { parseMemberMapping, readMember, readMembers } from '../../src/feed/index.js';
import type { MemberFields, ReadMembersOptions } from '../../src/feed/index.js';

const account = describeResult('Account', [
  ['Phone', 'phone', 40],
  ['PersonBirthdate', 'date'],
  ['PersonEmail', 'email'],
  ['Newsletter__pc', 'boolean'],
  ['Level__c', 'string', 3],
]);
const member = describeResult('LoyaltyProgramMember', [
  ['Card__c', 'string', 5],
  ['Level__c', 'string', 3],
]);
const readFields = async (): Promise<MemberFields> => ({ account, member });

describe('Columns of a file of members', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-members-'));
  });

  after(() => rm(folder, { recursive: true }));

  async function read(name: string, text: string, options: Partial<ReadMembersOptions> = {}) {
    const file = join(folder, name);
    await writeFile(file, text);
    const problems: string[] = [];
    const onRejection = ({ message }: { message: string }): unknown => problems.push(message.replace(`${file}, `, ''));
    const requests = await Array.fromAsync(readMembers(file, { readFields, onRejection, ...options }));
    return { requests, problems };
  }

  const failure = async (reading: Promise<unknown>): Promise<string> =>
    reading.then(
      () => expect.fail('It was read'),
      (error: unknown) => (error as Error).message.replace(`${folder}/`, ''),
    );

  it('are fields of the org, too, in any case, and by the name of the contact', async () => {
    const header = 'membershipNumber,lastName,PHONE,birthdate,Newsletter__c,card__c';
    const { requests } = await read('fields.csv', `${header}\nM-1,Held,+49 30 1,1990-01-01,1,77\nM-2,Held,,,,\n`);
    expect(requests[0]?.associatedContactDetails.additionalContactFieldValues).to.deep.equal({
      attributes: { Phone: '+49 30 1', PersonBirthdate: '1990-01-01', Newsletter__pc: 'true' },
    });
    expect(requests[0]?.additionalMemberFieldValues).to.deep.equal({ attributes: { Card__c: '77' } });
    expect(requests[1]).to.have.property('additionalMemberFieldValues', undefined);
  });

  it('name the record if both have the field', async () => {
    const both = read('both.csv', 'membershipNumber,lastName,Level__c\nM-1,Held,1\n');
    expect(await failure(both)).to.equal(
      'both.csv, line 1: "Level__c" is a field of the member, and of its person account, too.',
    );
    const named = 'membershipNumber,lastName,member.level__c,contact.level__c\nM-1,Held,1,2\n';
    const [request] = (await read('named.csv', named)).requests;
    expect(request?.additionalMemberFieldValues?.attributes).to.deep.equal({ Level__c: '1' });
    expect(request?.associatedContactDetails.additionalContactFieldValues?.attributes).to.deep.equal({ Level__c: '2' });
  });

  it('are refused if they are neither, with the name that is meant; in NDJSON in each line', async () => {
    const wrong = read('wrong.csv', 'membershipNumber,lastName,Crad__c\nM-1,Held,1\n');
    expect(await failure(wrong)).to.match(/^wrong\.csv, line 1: "Crad__c" is not .*; do you mean Card__c\?\.$/);
    const lines = '{"membershipNumber":"M-1","lastName":"H","shoe":1}\n{"membershipNumber":"M-2","lastName":"H"}\n';
    const { requests, problems } = await read('wrong.ndjson', lines);
    expect(requests.map(({ membershipNumber }) => membershipNumber)).to.deep.equal(['M-2']);
    expect(problems[0]).to.match(/^line 1: "shoe" is not a column of members/);
  });

  it('have values that the fields take, or the row is rejected', async () => {
    const rows = ['M-1,Held,77777777,', 'M-2,Held,,1.1.1990', 'M-3,Held,,1990-01-01'];
    const { requests, problems } = await read(
      'bad.csv',
      `membershipNumber,lastName,Card__c,Birthdate\n${rows.join('\n')}\n`,
    );
    expect(requests).to.have.length(1);
    expect(problems[0]).to.equal('line 2: Card__c "77777777": it has 8 characters, but Card__c takes 5.');
    expect(problems[1]).to.match(/^line 3: Birthdate "1\.1\.1990": it /);
  });

  it('may be separated by another character', async () => {
    const text = 'membershipNumber;lastName\nM-1;Held\n';
    expect((await read('other.csv', text, { delimiter: ';' })).requests).to.have.length(1);
    expect(await failure(read('other.csv', text))).to.include('separated by ";", not by commas');
  });

  it('have names of their own with a mapping', async () => {
    const mapping = parseMemberMapping(
      `delimiter: ';'
fields:
  membershipNumber: Karte
  lastName: { column: Name }
  enrollmentDate: { date: seit, format: dd.MM.yyyy }
  memberStatus: { value: Active }
  Birthdate: { date: geboren, format: dd.MM.yyyy }
  Card__c: { expression: "$substringAfter(Karte, '-')" }
skip: Name = 'Test'
`,
      'members.yml',
    );
    const rows = [
      'Karte;Name;seit;geboren',
      'M-77;Held;02.03.2026;31.12.1990',
      'M-78;Test;;',
      'M-79;Held;heute;1.1.1990',
      'M-80;Held;;',
    ];
    const { requests, problems } = await read('own.csv', `${rows.join('\n')}\n`, { mapping });
    expect(requests.map(({ membershipNumber }) => membershipNumber)).to.deep.equal(['M-77', 'M-80']);
    expect(requests[0]).to.deep.include({ membershipNumber: 'M-77', enrollmentDate: '2026-03-02T00:00:00' });
    expect(requests[0]?.additionalMemberFieldValues?.attributes).to.deep.equal({ Card__c: '77' });
    const { attributes } = requests[0]?.associatedContactDetails.additionalContactFieldValues ?? {};
    expect(attributes).to.deep.equal({ PersonBirthdate: '1990-12-31' });
    expect(problems).to.have.length(1);
    expect(problems[0]).to.match(/^line 4: seit "heute" /);
  });

  for (const [text, problem] of [
    ['fields: { membershipNumber: A }', 'line 1: `fields` needs the key `lastName`.'],
    ['feilds: { membershipNumber: A, lastName: B }', 'line 1: `feilds` is not a key of a mapping.'],
    ['[]', 'line 1: a mapping has the keys fields.'],
    ['fields: { membershipNumber: A, lastName: B, Shoe__c: C }', 'line 1: `fields.Shoe__c` is not a column of members'],
    [
      'fields: { membershipNumber: A, lastName: B, lastname: C }',
      'line 1: `fields.lastname` is the same field as lastName.',
    ],
    ['fields: { membershipNumber: A, lastName: C }', 'names the column C, but the columns of'],
  ] as const)
    it(`refuse a mapping that cannot be used: ${text}`, async () => {
      const reading = async (): Promise<unknown> =>
        read('map.csv', 'A,B\n1,2\n', { mapping: parseMemberMapping(text, 'members.yml') });
      expect(await failure(reading())).to.include(problem);
    });

  it('can be given for one member', async () => {
    const values = [
      ['membershipNumber', 'M-1'],
      ['lastName', 'Held'],
      ['phone', '1'],
    ] as const;
    const request = await readMember(values, { readFields, defaults: { allowDuplicateRecords: true } });
    expect(request.associatedContactDetails).to.deep.include({
      allowDuplicateRecords: true,
      additionalContactFieldValues: { attributes: { Phone: '1' } },
    });
    const twice = readMember([...values, ['Phone', '2']], { readFields });
    expect(await failure(twice)).to.include('Phone "2": it is given twice');
  });
});

function describeResult(
  name: string,
  fields: ReadonlyArray<readonly [name: string, type: string, length?: number]>,
): DescribeResult {
  return { name, fields: fields.map(([field, type, length = 0]) => ({ name: field, type, length, createable: true })) };
}
