import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';
import type { Answer } from '../restClient.js';
import { fieldFile, SourceFolder, xml } from './sourceFolder.js';

const picklist = (values: string, more = ''): string =>
  `<type>Picklist</type><valueSet>${more}<valueSetDefinition>${values}</valueSetDefinition></valueSet>`;
const value = (name: string, isDefault = false, more = ''): string =>
  `<value><fullName>${name}</fullName><default>${isDefault}</default><label>${name}</label>${more}</value>`;

/** `<type>` and what goes with it → what describe says. */
const types: Record<string, [elements: string, described: Record<string, unknown>]> = {
  Text__c: ['<type>Text</type><length>40</length>', { type: 'string', length: 40, custom: true, nillable: true }],
  Area__c: ['<type>TextArea</type>', { type: 'textarea', length: 255 }],
  Long__c: [
    '<type>LongTextArea</type><length>32768</length><visibleLines>3</visibleLines>',
    { type: 'textarea', length: 32_768, filterable: false },
  ],
  Html__c: ['<type>Html</type><length>1000</length>', { type: 'textarea', length: 1_000 }],
  Secret__c: [
    '<type>EncryptedText</type><length>40</length><maskChar>asterisk</maskChar><maskType>all</maskType>',
    { type: 'string', length: 40, filterable: false },
  ],
  Number__c: [
    '<type>Number</type><precision>10</precision><scale>3</scale>',
    { type: 'double', precision: 10, scale: 3 },
  ],
  Currency__c: ['<type>Currency</type><precision>18</precision><scale>2</scale>', { type: 'currency', scale: 2 }],
  Percent__c: ['<type>Percent</type><precision>5</precision><scale>0</scale>', { type: 'percent', precision: 5 }],
  Flag__c: ['<type>Checkbox</type><defaultValue>true</defaultValue>', { type: 'boolean', defaultValue: true }],
  Date__c: ['<type>Date</type>', { type: 'date' }],
  At__c: ['<type>DateTime</type>', { type: 'datetime' }],
  Time__c: ['<type>Time</type>', { type: 'time' }],
  Mail__c: ['<type>Email</type><unique>true</unique>', { type: 'email', length: 80, unique: true }],
  Phone__c: ['<type>Phone</type>', { type: 'phone', length: 40 }],
  Url__c: ['<type>Url</type>', { type: 'url', length: 255 }],
  Key__c: [
    '<type>Text</type><length>20</length><externalId>true</externalId><unique>true</unique><caseSensitive>true</caseSensitive>',
    { externalId: true, idLookup: true, unique: true, caseSensitive: true },
  ],
  Needed__c: [
    '<type>Text</type><length>20</length><required>true</required><defaultValue>&quot;a \\&quot;b\\&quot;&quot;</defaultValue>',
    { nillable: false, defaultValue: 'a "b"' },
  ],
  Number_of__c: [
    '<type>AutoNumber</type><displayFormat>R-{0000}</displayFormat>',
    { autoNumber: true, createable: false },
  ],
  Ratio__c: [
    '<type>Number</type><formula>1 / 2</formula><precision>18</precision><scale>4</scale>',
    { calculated: true, createable: false, updateable: false, type: 'double', scale: 4 },
  ],
  Words__c: ['<type>Text</type><formula>Name</formula>', { calculated: true, type: 'string', length: 1_300 }],
  Pick__c: [
    picklist(
      value('Red', true) + value('Blue') + value('Old', false, '<isActive>false</isActive>'),
      '<restricted>true</restricted>',
    ),
    { type: 'picklist', restrictedPicklist: true, defaultValue: 'Red' },
  ],
  Free__c: [picklist(value('Red')), { type: 'picklist', restrictedPicklist: false }],
  Many__c: [
    picklist(value('A') + value('B'), '<restricted>true</restricted>').replace('Picklist', 'MultiselectPicklist'),
    { type: 'multipicklist', restrictedPicklist: true },
  ],
  Shared__c: [
    '<type>Picklist</type><valueSet><valueSetName>Colours</valueSetName></valueSet>',
    { type: 'picklist', restrictedPicklist: true },
  ],
  Friend__c: [
    '<type>Lookup</type><referenceTo>Contact</referenceTo><relationshipName>Friends</relationshipName>',
    { type: 'reference', referenceTo: ['Contact'], relationshipName: 'Friend__r' },
  ],
  Boss__c: [
    '<type>Hierarchy</type><relationshipName>Bossed</relationshipName>',
    { type: 'reference', referenceTo: ['Contact'], relationshipName: 'Boss__r' },
  ],
};

describe('Custom fields of a source folder', () => {
  let folder: SourceFolder;
  let org: Emulator;
  let client: RestClient;

  before(async () => {
    const fields = Object.entries(types).map(([name, [elements]]) => {
      return fieldFile('Contact', name, `<label>The ${name.slice(0, -3)} &amp; &#228;</label>${elements}`);
    });
    folder = await SourceFolder.of({
      ...Object.assign({}, ...fields),
      'globalValueSets/Colours.globalValueSet-meta.xml': xml(
        'GlobalValueSet',
        '<masterLabel>Colours</masterLabel><customValue><fullName>Green</fullName><default>false</default></customValue>',
      ),
      // Files of the platform's own fields only say how a page shows them.
      ...fieldFile('Contact', 'Email', '<trackHistory>false</trackHistory>'),
    });
    org = await Emulator.start({ source: folder.path });
    client = new RestClient(org);
  });

  after(async () => {
    await org.stop();
    await folder[Symbol.asyncDispose]();
  });

  const described = async (name: string): Promise<Record<string, unknown>> => {
    const { body } = await client.get('/sobjects/Contact/describe');
    return body.fields.find((field: { name: string }) => field.name === name);
  };
  const create = (values: Record<string, unknown>): Promise<Answer> =>
    client.post('/sobjects/Contact', { LastName: 'Nimbus', ...values });
  const read = async (answer: Answer): Promise<Record<string, unknown>> => {
    expect(answer.body).to.include({ success: true });
    return (await client.get(`/sobjects/Contact/${answer.body.id}`)).body;
  };

  for (const [name, [, expected]] of Object.entries(types)) {
    it(`describe ${name}`, async () => {
      expect(await described(name)).to.include({ label: `The ${name.slice(0, -3)} & ä`, ...withoutLists(expected) });
      if (expected['referenceTo'])
        expect(await described(name)).to.deep.include({ referenceTo: expected['referenceTo'] });
    });
  }

  it('get default values that are constant', async () => {
    expect(await read(await create({}))).to.include({
      ...{ Flag__c: true, Needed__c: 'a "b"', Pick__c: 'Red' },
      ...{ Ratio__c: null, Words__c: null, Free__c: null },
    });
  });

  it('get consecutive numbers in their format', async () => {
    const first = await read(await create({}));
    const second = await read(await create({}));
    expect(first['Number_of__c']).to.match(/^R-\d{4}$/);
    expect(Number(String(second['Number_of__c']).slice(2))).to.equal(
      Number(String(first['Number_of__c']).slice(2)) + 1,
    );
  });

  it('are validated', async () => {
    const refusals: [Record<string, unknown>, string][] = [
      [{ Text__c: 'x'.repeat(41) }, 'STRING_TOO_LONG'],
      [{ Number__c: 1e7 }, 'NUMBER_OUTSIDE_VALID_RANGE'],
      [{ Pick__c: 'Old' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
      [{ Many__c: 'A;C' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
      [{ Shared__c: 'Red' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
      [{ Mail__c: 'nobody' }, 'INVALID_EMAIL_ADDRESS'],
      [{ Ratio__c: 1 }, 'INVALID_FIELD_FOR_INSERT_UPDATE'],
      [{ Number_of__c: 'R-9' }, 'INVALID_FIELD_FOR_INSERT_UPDATE'],
      [{ Needed__c: null }, 'REQUIRED_FIELD_MISSING'],
      [{ Friend__c: '0039z0000zzzzzzAAA' }, 'INVALID_CROSS_REFERENCE_KEY'],
    ];
    for (const [values, code] of refusals)
      expect((await create(values)).body[0].errorCode, JSON.stringify(values)).to.equal(code);
  });

  it('accept other values if they are not restricted, and round to their scale', async () => {
    expect(await read(await create({ Free__c: 'Mauve', Number__c: '1.23456', Shared__c: 'green' }))).to.include({
      Free__c: 'Mauve',
      Number__c: 1.235,
      Shared__c: 'Green',
    });
  });

  it('can be case-sensitive keys of an upsert', async () => {
    const upsert = (key: string): Promise<Answer> => client.patch(`/sobjects/Contact/Key__c/${key}`, { LastName: 'K' });
    expect((await upsert('k-1')).status).to.equal(201);
    expect((await upsert('k-1')).status).to.equal(200);
    expect((await upsert('K-1')).status).to.equal(201);
  });

  it('can be queried in both directions', async () => {
    const friend = (await create({ Text__c: 'the friend' })).body.id as string;
    await create({ Friend__c: friend, Text__c: 'has a friend' });
    const up = await client.query("SELECT Friend__r.Text__c FROM Contact WHERE Text__c = 'has a friend'");
    expect(up.body.records[0].Friend__r).to.include({ Text__c: 'the friend' });
    const down = await client.query(
      "SELECT (SELECT Text__c FROM Friends__r) FROM Contact WHERE Text__c = 'the friend'",
    );
    expect(down.body.records[0].Friends__r.records[0]).to.include({ Text__c: 'has a friend' });
  });

  it('that are formulas are reported as empty', () => {
    const at = (name: string): string => folder.at(`objects/Contact/fields/${name}.field-meta.xml`);
    expect(org.warnings).to.deep.equal([
      `${at('Ratio__c')}: <formula> is not computed in the local org, so the field is read-only and always empty.`,
      `${at('Words__c')}: <formula> is not computed in the local org, so the field is read-only and always empty.`,
    ]);
  });
});

function withoutLists(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, each]) => !Array.isArray(each)));
}
