import { expect } from 'chai';
import { ExampleOrg, programName, purchase } from '../loyalty/exampleProgram.js';
import { programSetupXml } from '../loyalty/rules/programSource.js';
import { RestClient } from '../restClient.js';
import { fieldXml, MetadataClient, metadataText, packageXml, problemsOf, textField } from './metadataClient.js';
import { ratesObject, ratesTable, tableRules } from './ratesTable.js';

const name = programName.replace(/\s+/g, '_');
const path = `loyaltyProgramSetups/${name}.loyaltyProgramSetup`;
const table = 'decisionTables/Rates.decisionTable';

const deletion = (types: Record<string, string[]>): Record<string, string> => ({
  'package.xml': packageXml({}),
  'destructiveChanges.xml': packageXml(types),
});

describe('Deploys of what deployed rules use', () => {
  let org: ExampleOrg;
  let metadata: MetadataClient;

  const starsOf = async (brand: string): Promise<number | undefined> => {
    await org.execute([{ ...purchase('WX-1', 10), Brand: brand }]);
    return (await org.balances('WX-1'))['Stars'];
  };
  const deployTable = (content: string) =>
    metadata.deploy({ 'package.xml': packageXml({ DecisionTable: ['Rates'] }), [table]: content });

  before(async () => {
    org = await ExampleOrg.start();
    metadata = new MetadataClient(org.emulator);
    await org.withMembers('WX-1');
    const objects = await metadata.deploy({
      'package.xml': packageXml({ CustomObject: ['Rate__c'] }),
      'objects/Rate__c.object': ratesObject,
    });
    const rules = await metadata.deploy({
      'package.xml': packageXml({ LoyaltyProgramSetup: [name], DecisionTable: ['Rates'] }),
      [path]: tableRules('Rates', 'Rate__c', 'Points__c'),
      [table]: ratesTable(),
    });
    expect([...problemsOf(objects), ...problemsOf(rules)]).to.deep.equal([]);
    org.emulator.store.insert('Rate__c', { Name: 'A', Brand__c: 'Pier', Points__c: 2 });
  });

  after(() => org[Symbol.asyncDispose]());

  const deletions: Record<string, [types: Record<string, string[]>, problem: string]> = {
    'a column of a table': [{ CustomField: ['Rate__c.Brand__c'] }, 'This is used by the decision table Rates'],
    'the object of a table': [{ CustomObject: ['Rate__c'] }, 'This is used by the decision table Rates'],
    'a table': [{ DecisionTable: ['Rates'] }, `This decision table is used by the rules of ${name}`],
  };
  for (const [what, [types, problem]] of Object.entries(deletions)) {
    it(`cannot delete ${what}`, async () => {
      const result = await metadata.deploy(deletion(types));
      expect(result.status).to.equal('Failed');
      expect(problemsOf(result)[0]).to.contain(problem);
      const before = (await org.balances('WX-1'))['Stars'] ?? 0;
      expect(((await starsOf('Quay')) ?? 0) - before).to.equal(2);
    });
  }

  const tables: Record<string, [content: string, problem: string]> = {
    'is inactive': [ratesTable({ status: 'Inactive' }), 'the decision table is Inactive'],
    'has another column': [ratesTable({ input: 'Shop__c' }), 'the decision table "Rates" has no input "Brand__c"'],
  };
  for (const [what, [content, problem]] of Object.entries(tables)) {
    it(`cannot change a table into one that ${what}`, async () => {
      const result = await deployTable(content);
      expect(result.status).to.equal('Failed');
      expect(problemsOf(result)[0]).to.contain(`Rates: The rules of ${name}`).and.contain(problem);
    });
  }

  it('can change a table', async () => {
    expect(problemsOf(await deployTable(ratesTable({ operator: 'Equals' })))).to.deep.equal([]);
    const before = (await org.balances('WX-1'))['Stars'];
    expect(await starsOf('Quay')).to.equal(before);
  });

  it('cannot delete a field that a formula has, unless its rules go, too', async () => {
    const points = 'IF({!TransactionJournal.Brand__c} = "Pier", 5, 1)';
    const actions = [
      { type: 'CreditPoints', parameters: { ProgramCurrencyName: '"Stars"', PointsToCredit: points } },
    ] as const;
    await metadata.deploy({
      'package.xml': packageXml({ LoyaltyProgramSetup: [name], CustomField: ['TransactionJournal.Brand__c'] }),
      [path]: programSetupXml(programName, [{ name: 'Purchases', actions: [...actions] }]),
      'objects/TransactionJournal.object': metadataText('CustomObject', textField('Brand__c')),
    });
    const field = { CustomField: ['TransactionJournal.Brand__c'] };
    expect(problemsOf(await metadata.deploy(deletion(field)))[0]).to.contain(
      'TransactionJournal has no field "Brand__c"',
    );
    const { status } = await new RestClient(org.emulator).query('SELECT Brand__c FROM TransactionJournal LIMIT 1');
    expect(status).to.equal(200);
    const both = deletion({ ...field, LoyaltyProgramSetup: [name] });
    expect(problemsOf(await metadata.deploy(both))).to.deep.equal([]);
  });
});

describe('Deployed fields whose records have values', () => {
  let org: ExampleOrg;
  let metadata: MetadataClient;
  let client: RestClient;

  before(async () => {
    org = await ExampleOrg.start();
    metadata = new MetadataClient(org.emulator);
    client = new RestClient(org.emulator);
  });

  after(() => org[Symbol.asyncDispose]());

  const deploy = async (content: string): Promise<string[]> => {
    const field = fieldXml('Mark__c', `<label>Mark</label>${content}`);
    const files = {
      'package.xml': packageXml({ CustomField: ['Account.Mark__c'] }),
      'objects/Account.object': metadataText('CustomObject', field),
    };
    return problemsOf(await metadata.deploy(files));
  };
  const lookup = (object: string): string =>
    `<referenceTo>${object}</referenceTo><relationshipName>Marks</relationshipName><type>Lookup</type>`;
  const text = '<length>40</length><type>Text</type>';

  const changes: Record<string, [from: string, value: unknown, to: string, problem: string]> = {
    'a day into a moment': ['<type>Date</type>', '2026-07-06', '<type>DateTime</type>', 'from date to datetime'],
    'a moment into a time': ['<type>DateTime</type>', '2026-07-06T10:00:00Z', '<type>Time</type>', 'to time'],
    'a day into a lookup': ['<type>Date</type>', '2026-07-06', lookup('Account'), 'from date to reference'],
    'a lookup into one of another object': [lookup('Account'), '', lookup('Contact'), '(Account) to reference (Con'],
    'a text into a formula': [text, 'a', '<formula>Name</formula><type>Text</type>', 'from string to a formula'],
    'a text that repeats into a unique one': [
      ...([text, 'Pier', `${text}<externalId>true</externalId><unique>true</unique>`] as const),
      'Cannot make Account.Mark__c unique: several records have the value "pier"',
    ],
  };
  for (const [what, [from, value, to, problem]] of Object.entries(changes)) {
    it(`do not change ${what}`, async () => {
      expect(await deploy(from)).to.deep.equal([]);
      const mark = value === '' ? await client.create('Account', { Name: 'P' }) : value;
      await client.create('Account', { Name: 'A', Mark__c: mark });
      await client.create('Account', { Name: 'B', Mark__c: mark === 'Pier' ? 'pier' : mark });
      expect((await deploy(to))[0]).to.contain(problem);
      await metadata.deploy(deletion({ CustomField: ['Account.Mark__c'] }));
    });
  }
});
