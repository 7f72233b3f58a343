import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';
import { fieldFile, SourceFolder, xml } from './sourceFolder.js';

const values = (element: string): string =>
  [
    ['g', 'Green'],
    ['r', 'Red'],
    ['plain', 'plain'],
  ]
    .map(([name, label]) => {
      return `<${element}><fullName>${name}</fullName><default>false</default><label>${label}</label></${element}>`;
    })
    .join('');
const own = (type: string): string =>
  `<type>${type}</type><valueSet><valueSetDefinition>${values('value')}</valueSetDefinition></valueSet>`;

/** The same three values in each kind of value set. */
const kinds: Record<string, string> = {
  Color__c: own('Picklist'),
  Colors__c: own('MultiselectPicklist'),
  Shared__c: '<type>Picklist</type><valueSet><valueSetName>Colors</valueSetName></valueSet>',
  Shares__c: '<type>MultiselectPicklist</type><valueSet><valueSetName>Colors</valueSetName></valueSet>',
};

describe('Picklist labels of a source folder', () => {
  let folder: SourceFolder;
  let org: Emulator;
  let client: RestClient;

  before(async () => {
    const fields = Object.entries(kinds).map(([name, elements]) => {
      return fieldFile('Contact', name, `<label>${name}</label>${elements}`);
    });
    folder = await SourceFolder.of({
      ...(Object.assign({}, ...fields) as Record<string, string>),
      'globalValueSets/Colors.globalValueSet-meta.xml': xml(
        'GlobalValueSet',
        `<masterLabel>Colors</masterLabel><sorted>false</sorted>${values('customValue')}`,
      ),
    });
    org = await Emulator.start({ source: folder.path });
    client = new RestClient(org);
    const green = { Color__c: 'g', Colors__c: 'g;plain', Shared__c: 'g', Shares__c: 'r;g' };
    await client.create('Contact', { LastName: 'Green', ...green });
    await client.create('Contact', { LastName: 'None' });
  });

  after(async () => {
    await org.stop();
    await folder[Symbol.asyncDispose]();
  });

  const rows = async (soql: string): Promise<Record<string, unknown>[]> => {
    const { status, body } = await client.query(soql);
    expect(status, JSON.stringify(body)).to.equal(200);
    return body.records;
  };

  for (const field of Object.keys(kinds)) {
    it(`${field}: describe distinguishes value and label`, async () => {
      const { fields } = (await client.get('/sobjects/Contact/describe')).body;
      const { picklistValues } = fields.find(({ name }: { name: string }) => name === field);
      const pairs = picklistValues.map((each: { value: string; label: string }) => [each.value, each.label]);
      expect(pairs).to.deep.equal([
        ['g', 'Green'],
        ['r', 'Red'],
        ['plain', 'plain'],
      ]);
    });
  }

  it('are returned by toLabel, while the field itself returns its value', async () => {
    const names = Object.keys(kinds);
    const labels = names.map((name) => `toLabel(${name})`).join(', ');
    const [label, none] = await rows(`SELECT ${labels} FROM Contact ORDER BY LastName`);
    expect(label).to.include({
      Color__c: 'Green',
      Colors__c: 'Green;plain',
      Shared__c: 'Green',
      Shares__c: 'Red;Green',
    });
    expect(none).to.include({ Color__c: null, Colors__c: null, Shared__c: null, Shares__c: null });
    const [value] = await rows(`SELECT ${names.join(', ')}, toLabel(Color__c) word FROM Contact ORDER BY LastName`);
    expect(value).to.include({ Color__c: 'g', Shares__c: 'r;g', word: 'Green' });
  });

  it('can be filtered by, in any case', async () => {
    const found = async (where: string): Promise<unknown[]> =>
      (await rows(`SELECT LastName FROM Contact WHERE ${where}`)).map(({ LastName }) => LastName);
    for (const field of ['Color__c', 'Shared__c']) {
      expect(await found(`toLabel(${field}) = 'green'`), field).to.deep.equal(['Green']);
      expect(await found(`toLabel(${field}) IN ('Red', 'Green')`), field).to.deep.equal(['Green']);
      expect(await found(`toLabel(${field}) LIKE 'gre%'`), field).to.deep.equal(['Green']);
      expect(await found(`toLabel(${field}) = 'g'`), field).to.deep.equal([]);
      expect(await found(`toLabel(${field}) != 'Green'`), field).to.deep.equal(['None']);
      expect(await found(`${field} = 'g'`), field).to.deep.equal(['Green']);
    }
    expect(await found("toLabel(Shares__c) INCLUDES ('Green')")).to.deep.equal(['Green']);
    expect(await found("Shares__c INCLUDES ('g')")).to.deep.equal(['Green']);
  });

  it('are shown for groups', async () => {
    const soql = 'SELECT toLabel(Color__c), COUNT(Id) n FROM Contact WHERE Color__c != null GROUP BY Color__c';
    expect((await rows(soql))[0]).to.include({ Color__c: 'Green', n: 1 });
  });
});
