import { expect } from 'chai';
import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DefinitionError, ProgramDefinition, readDefinition, writeDefinition } from '../../src/program/index.js';
import type { ReadDefinition } from '../../src/program/index.js';
import { wholeDefinition } from './wholeDefinition.js';

const small = `name: Small
currencies:
  - { name: Points, type: NonQualifying, expiry: never }
`;
const journals = `journalTypes:
  - { name: Accrual, subtypes: [Purchase] }
processes:
  - { name: Accrual, type: TransactionJournal, journalType: Accrual }
`;

function setup(label: string, ...processes: readonly (readonly [name: string, type: string])[]): string {
  const elements = processes.map(
    ([name, type]) =>
      `<programProcesses><processName>${name}</processName><processType>${type}</processType></programProcesses>`,
  );
  const root = 'LoyaltyProgramSetup xmlns="http://soap.sforce.com/2006/04/metadata"';
  return `<?xml version="1.0"?><${root}><label>${label}</label>${elements.join('')}</LoyaltyProgramSetup>`;
}

describe('readDefinition', () => {
  let home: string;
  let count = 0;

  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'loyalty-definition-'));
  });
  after(() => rm(home, { recursive: true }));

  /** Writes files into a new folder. */
  async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
    const folder = join(home, String(count++));
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    return folder;
  }

  async function readText(text: string, name = 'p.yml'): Promise<ReadDefinition> {
    return readDefinition(join(await folderOf({ [name]: text }), name));
  }

  /** Returns the issues of a definition that is refused. */
  async function refused(reading: Promise<unknown>): Promise<DefinitionError> {
    const error: unknown = await reading.then(() => undefined).catch((reason: unknown) => reason);
    if (error instanceof DefinitionError) return error;
    throw new Error(`not refused: ${String(error)}`);
  }

  /** Returns the issues as texts: `line:column path: message`. */
  async function issuesOf(reading: Promise<unknown>): Promise<string[]> {
    const { issues } = await refused(reading);
    return issues.map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`);
  }

  it('reads YAML and JSON', async () => {
    const definition = ProgramDefinition.parse(wholeDefinition);
    expect((await readText(writeDefinition(wholeDefinition))).definition).to.deep.equal(definition);
    expect((await readText(JSON.stringify(wholeDefinition), 'p.json')).definition).to.deep.equal(definition);
  });

  it('joins the lists of a folder in the order of the file names', async () => {
    const folder = await folderOf({
      'b.yaml': `currencies:\n  - { name: Miles, type: NonQualifying, expiry: never }\n${journals}`,
      'a.yml': small,
      'c.json': '{ "description": "Of three files." }',
    });
    const { definition, files } = await readDefinition(folder);
    expect(files).to.deep.equal(['a.yml', 'b.yaml', 'c.json'].map((name) => join(folder, name)));
    expect(definition.currencies.map(({ name }) => name)).to.deep.equal(['Points', 'Miles']);
    expect(definition).to.deep.include({ name: 'Small', description: 'Of three files.' });
  });

  it('leaves out what is clearly something else in a folder', async () => {
    const folder = await folderOf({
      'program.yml': small,
      'map.yml': 'source: till\nkey: id\nmember: card\njournal: { ActivityDate: at, JournalTypeName: kind }\n',
      'members-map.yml': 'fields: { membershipNumber: card, lastName: name }\n',
      'faults.json': '{ "rules": [] }',
      'program-definition.schema.json': '{ "$schema": "http://json-schema.org/draft-07/schema#" }',
      'package.json': '{ "name": "shop" }',
      '.hidden.yml': 'name: Hidden',
      'members.csv': 'a,b',
      'more/currencies.yml': 'currencies: []',
    });
    expect((await readDefinition(folder)).files).to.deep.equal([join(folder, 'program.yml')]);
  });

  it('lists all mistakes at once, each with its place and what would be right', async () => {
    const text = `name: 5
promotions:
  - name: Ten cups
    type: Cumulativ
    startDate: 2026-02-30
    tarjet: 10
  - { name: Eleven, type: Cumulative, startDate: 2026-01-01, reward: { points: 5, currency: Point } }
  - { name: Twelve, type: Standard, startDate: , reward: { point: 5 } }
currencies:
  - { name: Points, type: NonQualifying, expiry: nevr }
  - { name: Stars, type: Qualifing }
tierGroups:
  - name: Status
    period: { quantity: 1.5, unit: Years }
    qualifyingPointsReset: { date: 2027-01-01 }
    tiers: [{ name: A, minimum: 5 }]
  - name: Club
    primary: false
    period: { quantity: 1 }
    qualifyingPointsReset: { date: 2027-01-01 }
    tiers: []
  - name: Ladder
    primary: false
    period: { quantity: 1, unit: Years }
    qualifyingPointsReset: { date: 2027-01-01 }
    tiers: [{ name: A, minimum: 5, benefits: [Lounge] }, { name: B, minimum: 5 }]
benefits:
  - { name: Longe, type: Comfort }
engagementAttributes:
  - { name: Visits, startDate: 2026-01-01, target: 10 }
`;
    expect(await issuesOf(readText(text))).to.deep.equal([
      "1:1 name: 5 must be a text: write '5' in quotes",
      '4:5 promotions[0].type: "Cumulativ" must be one of Standard, Cumulative; did you mean Cumulative?',
      '5:5 promotions[0].startDate: "2026-02-30" must be a day such as 2026-01-31',
      '6:5 promotions[0].tarjet: is not a key here; did you mean target?',
      '7:5 promotions[1]: a Cumulative promotion needs a target, or engagementAttributes that count for it',
      '8:37 promotions[2].startDate: has no value; write a day such as 2026-01-31',
      '8:50 promotions[2].reward: must be an object with points and currency, or an object with factor and currency, or an object with voucher',
      '10:42 currencies[0].expiry: "nevr" must be never, or an object with model, after and unit',
      '11:20 currencies[1].type: "Qualifing" must be one of Qualifying, NonQualifying; did you mean Qualifying?',
      '14:15 tierGroups[0].period.quantity: 1.5 must be a whole number',
      '19:5 tierGroups[1].period: needs the key unit: one of Months, Years',
      '26:47 tierGroups[2].tiers[0].benefits[0]: benefits has no "Lounge"; did you mean "Longe"?',
      '26:69 tierGroups[2].tiers[1].minimum: "B" must begin above "A", which begins at 5',
      '28:20 benefits[0].type: benefitTypes has no "Comfort"; it is empty',
      "30:44 engagementAttributes[0].target: 10 must be a text: write '10' in quotes",
    ]);
  });

  it('says for each issue which file of a folder has it, and the value', async () => {
    const folder = await folderOf({
      'a.yml': `${small}members:\n  - { number: M-1, lastName: Byron, enrollmentDate: 2026-01-01 }\n`,
      'b.yml': 'name: Other\nmembers:\n  - { number: m-1, lastName: Lovelace, enrollmentDate: 2026-01-01 }\n',
      'c.yml': 'members:\n  - { number: M-3, lastName: Xu, enrollmentDate: 2026-01-01, openingBalances: { Pts: 1 } }\n',
    });
    const { issues, message, actions } = await refused(readDefinition(folder));
    const places = issues.map(({ file, line, path, value }) => [file.slice(folder.length + 1), line, path, value]);
    expect(places).to.deep.equal([
      ['b.yml', 1, 'name', 'Other'],
      ['b.yml', 3, 'members[1]', { number: 'm-1', lastName: 'Lovelace', enrollmentDate: '2026-01-01' }],
      ['c.yml', 2, 'members[2].openingBalances', { Pts: 1 }],
      ['c.yml', 2, 'members[2].openingBalances.Pts', 1],
    ]);
    expect(message).to.contain(
      `The definition has 4 issues:\n${join(folder, 'b.yml')}, line 1, column 1: name: is also`,
    );
    expect(actions).to.deep.equal(['Correct the files, then try again.']);
  });

  const unreadable: Record<string, { text: string; says: RegExp }> = {
    'nothing at all': {
      text: '',
      says: /^\S+p\.yml is not a definition: it has no keys such as name and currencies\.$/,
    },
    'a list': { text: '- a', says: /^\S+p\.yml is not a definition: it has no keys such as name and currencies\.$/ },
    'wrong indentation': { text: 'name: a\n b: c: d\n', says: /p\.yml, line 1, column 7: is neither YAML nor JSON/ },
    'a key twice': { text: 'name: a\nname: b\n', says: /line 2, column 1: has the name `name` a second time/ },
    'bytes that are not text': { text: 'name: \0', says: /p\.yml cannot be read: it is not UTF-8 text/ },
    'aliases that make gigabytes': {
      text: `a: &a [${'x,'.repeat(90)}x]\n${Array.from('bcdefgh')
        .map((name, i) => `${name}: &${name} [${`*${'abcdefgh'[i]},`.repeat(9)}]`)
        .join('\n')}\n`,
      says: /has aliases that copy too much/,
    },
    'a megabyte': { text: `name: ${'x'.repeat(1024 * 1024)}`, says: /cannot be read: it has more than 1 MiB/ },
  };
  for (const [what, { text, says }] of Object.entries(unreadable)) {
    it(`refuses ${what}`, async () => {
      const { message, issues } = await refused(readText(text));
      expect(issues).to.have.length(1);
      expect(message).to.match(says);
    });
  }

  it('refuses a path, a folder and a link without a definition', async () => {
    const folder = await folderOf({ 'notes.txt': 'x' });
    const missing = await refused(readDefinition(join(folder, 'x.yml')));
    expect(missing.message).to.contain('there is no such file');
    expect(missing.actions).to.deep.equal([`Check the path ${join(folder, 'x.yml')}, then try again.`]);
    expect((await refused(readDefinition(folder))).message).to.contain('has no definition');
    await symlink(join(folder, 'nowhere'), join(folder, 'a.yml'));
    expect((await refused(readDefinition(folder))).message).to.match(/a\.yml cannot be read: /);
  });

  it('reads a file of nothing but mistakes in a short time', async () => {
    const items = Array.from({ length: 9000 }, (_, i) => `- { name: n${i}, type: t${i} }`);
    const { issues, message } = await refused(readText(`${small}benefits:\n${items.join('\n')}\n`));
    expect(issues).to.have.length(1000);
    expect(message.length).to.be.lessThan(40_000);
  });

  describe('the file with rules', () => {
    const withRules = `${small}${journals}rules: rules/setup.xml\n`;

    it('is found from the folder of the definition', async () => {
      const folder = await folderOf({
        'p.yml': withRules,
        'rules/setup.xml': setup('Small', ['Accrual', 'Transaction Journal']),
      });
      const { rulesFile } = await readDefinition(join(folder, 'p.yml'));
      expect(rulesFile).to.equal(join(folder, 'rules/setup.xml'));
    });

    const wrong: Record<string, { xml?: string; says: string[] }> = {
      'that does not exist': { says: ['cannot be used: there is no such file'] },
      'that is not XML': { xml: '<a>', says: ['cannot be used: is not valid XML at line 1'] },
      'of another kind': { xml: '<CustomObject/>', says: ['has no element LoyaltyProgramSetup'] },
      'with entities': { xml: '<!DOCTYPE x [<!ENTITY a "b">]><x/>', says: ['cannot be used: has a DOCTYPE'] },
      'of another program, with other processes': {
        xml: setup('Large', ['Acrual', 'TransactionJournal'], ['Accrual', 'TierProcessing']),
        says: [
          'is for the program "Large", not for "Small"; correct its label',
          'has the process "Acrual", but processes has no "Acrual"; did you mean "Accrual"?',
          'has the process "Accrual" with the type TierProcessing; here it has TransactionJournal',
        ],
      },
    };
    for (const [what, { xml, says }] of Object.entries(wrong)) {
      it(`is refused ${what}`, async () => {
        const folder = await folderOf({ 'p.yml': withRules, ...(xml !== undefined && { 'rules/setup.xml': xml }) });
        const issues = await issuesOf(readDefinition(join(folder, 'p.yml')));
        expect(issues).to.have.length(says.length);
        issues.forEach((issue, i) =>
          expect(issue)
            .to.match(/^8:1 rules: /)
            .and.contain(says[i]),
        );
      });
    }
  });
});
