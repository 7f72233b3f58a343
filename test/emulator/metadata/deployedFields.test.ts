import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import JSZip from 'jszip';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';
import { fieldFile, SourceFolder } from '../source/sourceFolder.js';
import { fieldXml, MetadataClient, metadataText, packageXml, problemsOf, textField } from './metadataClient.js';

const accountFields = (...fields: string[]): string => metadataText('CustomObject', fields.join('\n'));
const account = 'objects/Account.object';

const receipt = (fields = ''): string =>
  metadataText(
    'CustomObject',
    `    <deploymentStatus>Deployed</deploymentStatus>
${fields}    <label>Receipt</label>
    <nameField>
        <label>Receipt Name</label>
        <type>Text</type>
    </nameField>
    <pluralLabel>Receipts</pluralLabel>
    <sharingModel>ReadWrite</sharingModel>`,
  );

const kinds = metadataText(
  'GlobalValueSet',
  `    <customValue>
        <fullName>Shop</fullName>
        <default>true</default>
        <label>In the shop &amp; pier</label>
    </customValue>
    <masterLabel>Kinds</masterLabel>
    <sorted>false</sorted>`,
);

const kindField = fieldXml(
  'Kind__c',
  `        <label>Kind</label>
        <type>Picklist</type>
        <valueSet>
            <restricted>true</restricted>
            <valueSetName>Kinds</valueSetName>
        </valueSet>`,
);

const deletion = (types: Record<string, string[]>): Record<string, string> => ({
  'package.xml': packageXml({}),
  'destructiveChanges.xml': packageXml(types),
});

describe('Deployed objects and fields', () => {
  let org: Emulator;
  let metadata: MetadataClient;
  let client: RestClient;

  beforeEach(async () => {
    org = await Emulator.start();
    metadata = new MetadataClient(org);
    client = new RestClient(org);
  });

  afterEach(() => org.stop());

  const brand = {
    'package.xml': packageXml({ CustomField: ['Account.Brand__c'] }),
    [account]: accountFields(textField('Brand__c')),
  };

  it('exist in describe, SOQL and DML, even for a client that knows an older description', async () => {
    const describe = await client.get('/sobjects/Account/describe');
    const result = await metadata.deploy(brand);
    expect(problemsOf(result)).to.deep.equal([]);
    expect(result).to.include({ status: 'Succeeded', success: true, done: true, numberComponentsDeployed: 1 });
    const known = { 'if-modified-since': describe.headers.get('last-modified') ?? '' };
    const again = await client.send('GET', '/services/data/v66.0/sobjects/Account/describe', undefined, known);
    expect(again.body.fields.find(({ name }: { name: string }) => name === 'Brand__c')).to.include({
      ...{ type: 'string', length: 40, custom: true, createable: true },
    });
    await client.create('Account', { Name: 'A', Brand__c: 'Pier' });
    const { body } = await client.query("SELECT Name FROM Account WHERE Brand__c = 'Pier'");
    expect(body.totalSize).to.equal(1);
  });

  it('keep what they had when they are deployed again, and say whether they changed', async () => {
    await metadata.deploy(brand);
    const id = await client.create('Account', { Name: 'A', Brand__c: 'Pier' });
    const states = async (length: number): Promise<unknown> => {
      const files = { ...brand, [account]: accountFields(textField('Brand__c', length)) };
      const [field] = (await metadata.deployByRest(files)).details.componentSuccesses;
      return [field?.created, field?.changed];
    };
    expect(await states(40)).to.deep.equal([false, false]);
    expect(await states(50)).to.deep.equal([false, true]);
    expect((await client.get(`/sobjects/Account/${id}`)).body.Brand__c).to.equal('Pier');
    await client.create('Account', { Name: 'A', Brand__c: 'x'.repeat(50) });
  });

  it('have the time of their last deploy in descriptions that are records', async () => {
    const timeOf = async (): Promise<number> => {
      const soql = "SELECT LastModifiedDate FROM FieldDefinition WHERE DurableId = 'Account.Brand__c'";
      return Date.parse((await client.query(soql)).body.records[0].LastModifiedDate);
    };
    const before = Math.floor(Date.now() / 1000) * 1000;
    await metadata.deploy(brand);
    expect(await timeOf()).to.be.within(before, Date.now());
  });

  it('come with their objects and value sets, and are retrieved as they were deployed', async () => {
    const files = {
      'package.xml': packageXml({ CustomObject: ['Receipt__c'], GlobalValueSet: ['Kinds'] }),
      'objects/Receipt__c.object': receipt(`${kindField}\n`),
      'globalValueSets/Kinds.globalValueSet': kinds,
    };
    expect(problemsOf(await metadata.deploy(files))).to.deep.equal([]);
    const id = await client.create('Receipt__c', { Name: 'R' });
    const { body } = await client.query('SELECT Kind__c, toLabel(Kind__c) kind FROM Receipt__c');
    expect(body.records[0]).to.include({ Kind__c: 'Shop', kind: 'In the shop & pier' });
    const wrong = await client.send('PATCH', `/services/data/v66.0/sobjects/Receipt__c/${id}`, { Kind__c: 'Web' });
    expect(wrong.body[0].errorCode).to.equal('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
    const found = await metadata.retrieve({ CustomObject: ['*'], GlobalValueSet: ['Kinds'] });
    expect(found['unpackaged/objects/Receipt__c.object']).to.equal(files['objects/Receipt__c.object']);
    expect(found['unpackaged/globalValueSets/Kinds.globalValueSet']).to.equal(kinds);
    expect(found['unpackaged/package.xml']).to.contain('<members>Receipt__c.Kind__c</members>');
  });

  it('keep their names and values under a name in another case', async () => {
    const files = {
      'package.xml': packageXml({ CustomObject: ['Receipt__c'], CustomField: ['Account.Brand__c'] }),
      'objects/Receipt__c.object': receipt(`${textField('Note__c')}\n`),
      [account]: accountFields(textField('Brand__c')),
    };
    await metadata.deploy(files);
    await client.create('Account', { Name: 'A', Brand__c: 'Pier' });
    await client.create('Receipt__c', { Name: 'R', Note__c: 'N' });
    const other = {
      'package.xml': packageXml({ CustomObject: ['receipt__c'], CustomField: ['account.brand__c'] }),
      'objects/receipt__c.object': receipt(`${textField('note__c', 50)}\n`),
      'objects/account.object': accountFields(textField('Brand__c', 50).replace('Brand__c', 'brand__c')),
    };
    expect(problemsOf(await metadata.deploy(other))).to.deep.equal([]);
    expect((await client.query('SELECT Brand__c FROM Account')).body.records[0].Brand__c).to.equal('Pier');
    expect((await client.query('SELECT Note__c FROM Receipt__c')).body.records[0].Note__c).to.equal('N');
    const found = await metadata.retrieve({ CustomObject: ['*'], CustomField: ['Account.Brand__c'] });
    expect(Object.keys(found).sort()).to.deep.equal([
      'unpackaged/objects/Account.object',
      'unpackaged/objects/Receipt__c.object',
      'unpackaged/package.xml',
    ]);
    expect(found['unpackaged/objects/Account.object']).to.equal(accountFields(textField('Brand__c', 50)));
    expect(found['unpackaged/objects/Receipt__c.object']).to.contain('<fullName>Note__c</fullName>');
  });

  it('vanish when they are deleted, with their values', async () => {
    await metadata.deploy(brand);
    await client.create('Account', { Name: 'A', Brand__c: 'Pier' });
    const result = await metadata.deploy(deletion({ CustomField: ['Account.Brand__c'] }));
    expect(result.details.componentSuccesses[0]).to.include({ fullName: 'Account.Brand__c', deleted: true });
    expect((await client.query('SELECT Brand__c FROM Account')).body[0].errorCode).to.equal('INVALID_FIELD');
    await metadata.deploy(brand);
    expect((await client.query('SELECT Brand__c FROM Account')).body.records[0].Brand__c).to.equal(null);
  });

  it('vanish with their object', async () => {
    const files = {
      'package.xml': packageXml({ CustomObject: ['Receipt__c'] }),
      'objects/Receipt__c.object': receipt(`${textField('Note__c')}\n`),
    };
    await metadata.deploy(files);
    await client.create('Receipt__c', { Name: 'R' });
    expect((await metadata.deploy(deletion({ CustomObject: ['Receipt__c'] }))).success).to.equal(true);
    expect((await client.query('SELECT Id FROM Receipt__c')).body[0].errorCode).to.equal('INVALID_TYPE');
    expect(await metadata.connection.metadata.list([{ type: 'CustomField' }])).to.deep.equal([]);
    await metadata.deploy(files);
    expect((await client.query('SELECT Id FROM Receipt__c')).body.totalSize).to.equal(0);
  });

  it('are only checked by a validation, which can be deployed afterwards', async () => {
    const checked = await metadata.deploy(brand, { checkOnly: true });
    expect(checked).to.include({ status: 'Succeeded', checkOnly: true });
    expect((await client.query('SELECT Brand__c FROM Account')).status).to.equal(400);
    await metadata.connection.metadata.deployRecentValidation({ id: checked.id.slice(0, 15) });
    expect((await client.query('SELECT Brand__c FROM Account')).status).to.equal(200);
  });

  it('have reports and retrieves under their ids, of 15 or 18 characters, and under no others', async () => {
    const { metadata: api } = metadata.connection;
    const { id } = await metadata.deploy(brand);
    expect(await api.checkDeployStatus(id.slice(0, 15))).to.include({ id });
    const { id: retrieve } = await api.retrieve({ apiVersion: '66.0' } as never);
    expect(await api.checkRetrieveStatus(retrieve.slice(0, 15))).to.include({ id: retrieve });
    for (const wrong of ['', id.slice(0, 3), retrieve.slice(0, 3)]) {
      for (const check of [() => api.checkDeployStatus(wrong), () => api.checkRetrieveStatus(wrong)]) {
        const answer = await check().catch((error: unknown) => error);
        expect(answer).to.be.an('error').with.property('message').that.contains('was found');
      }
    }
  });

  const refused: Record<string, [files: Record<string, string>, problem: string]> = {
    'a field that is named and missing': [
      { 'package.xml': packageXml({ CustomField: ['Account.Brand__c'] }) },
      "Account.Brand__c: An object 'Account.Brand__c' of type CustomField was named in package.xml, but was not found in zipped directory",
    ],
    'a field that is there and not named': [
      { ...brand, 'package.xml': packageXml({}) },
      'Account.Brand__c: Not in package.xml',
    ],
    'a field that no org takes': [
      { ...brand, [account]: accountFields(textField('Brand__c', 256)) },
      'Account.Brand__c: <length> must be a whole number from 1 to 255, not "256"',
    ],
    'a lookup to an object that is missing': [
      {
        'package.xml': packageXml({ CustomField: ['Account.Pier__c'] }),
        [account]: accountFields(
          fieldXml('Pier__c', '<label>Pier</label><referenceTo>Pier__c</referenceTo><type>Lookup</type>'),
        ),
      },
      "Account.Pier__c: referenceTo value of 'Pier__c' does not resolve to a valid sObject type",
    ],
    'a picklist without its value set': [
      { 'package.xml': packageXml({ CustomField: ['Account.Kind__c'] }), [account]: accountFields(kindField) },
      'Account.Kind__c: In field: valueSet - no GlobalValueSet named Kinds found',
    ],
    'a field of an object that is missing': [
      {
        'package.xml': packageXml({ CustomField: ['Pier__c.Brand__c'] }),
        'objects/Pier__c.object': accountFields(textField('Brand__c')),
      },
      'Pier__c.Brand__c: The org has no object Pier__c',
    ],
    'a type that no org has': [
      { 'package.xml': packageXml({ Ship: ['A'] }) },
      "package.xml: Unknown type name 'Ship' specified in package.xml",
    ],
    'a package without a package.xml': [{ [account]: accountFields() }, 'package.xml: No package.xml found'],
    'a field that is there twice': [
      { ...brand, [account]: accountFields(textField('Brand__c', 10), textField('Brand__c', 20)) },
      `Account.Brand__c: The package has Account.Brand__c more than once (${account})`,
    ],
    'a field in two files': [
      { ...brand, 'objects/account.object': accountFields(textField('Brand__c', 20)) },
      `account.Brand__c: The package has account.Brand__c more than once (${account})`,
    ],
    'a field without a name': [
      {
        'package.xml': packageXml({ CustomObject: ['Account'] }),
        [account]: accountFields('<fields><label>B</label><length>3</length><type>Text</type></fields>'),
      },
      'Account.: Required field is missing: fullName',
    ],
    'an element that no field has': [
      { ...brand, [account]: accountFields(textField('Brand__c').replaceAll('length', 'lenght')) },
      'Account.Brand__c: Element lenght invalid at this location in type CustomField',
    ],
    'an element twice': [
      { ...brand, [account]: accountFields(textField('Brand__c').replace('<type>', '<label>B</label><type>')) },
      'Account.Brand__c: Element label is duplicated at this location in type CustomField',
    ],
    'a type of field that no org has': [
      { ...brand, [account]: accountFields(textField('Brand__c').replace('Text<', 'Txt<')) },
      "Account.Brand__c: 'Txt' is not a valid value for the enum 'FieldType'",
    ],
    'a field without a label': [
      { ...brand, [account]: accountFields(fieldXml('Brand__c', '<length>3</length><type>Text</type>')) },
      'Account.Brand__c: Required field is missing: label',
    ],
    'two lookups whose children have one name': [
      {
        'package.xml': packageXml({ CustomField: ['Contact.A__c', 'Contact.B__c'] }),
        'objects/Contact.object': accountFields(
          ...['A__c', 'B__c'].map((name) =>
            fieldXml(
              name,
              `<label>${name}</label><referenceTo>Account</referenceTo><relationshipName>Piers</relationshipName><type>Lookup</type>`,
            ),
          ),
        ),
      },
      'Contact.B__c: There is already a Child Relationship named Piers on Account',
    ],
    'more fields than an object may have': [
      {
        'package.xml': packageXml({ CustomObject: ['Account'] }),
        [account]: accountFields(...Array.from({ length: 801 }, (_, index) => textField(`F${index}__c`))),
      },
      'Account.F0__c: Account would have 801 custom fields, but may have 800',
    ],
    'XML that is none': [
      { ...brand, [account]: '<CustomObject>' },
      "Account: The file is not valid XML at line 1 (Unclosed tag 'CustomObject')",
    ],
    'a value set that is no XML': [
      { 'package.xml': packageXml({ GlobalValueSet: ['Kinds'] }), 'globalValueSets/Kinds.globalValueSet': '<a>' },
      "Kinds: The file is not valid XML at line 1 (Unclosed tag 'a')",
    ],
    'the deletion of a standard object': [
      {
        'package.xml': packageXml({ CustomObject: ['Coupon'] }),
        'objects/Coupon.object': accountFields(textField('Brand__c')),
        'destructiveChangesPost.xml': packageXml({ CustomObject: ['Coupon'] }),
      },
      'Coupon: Cannot delete the standard object Coupon',
    ],
    'the deletion of what is missing': [
      deletion({ CustomField: ['Account.Brand__c'] }),
      'destructiveChanges.xml: No CustomField named: Account.Brand__c found',
    ],
  };

  for (const [what, [files, problem]] of Object.entries(refused)) {
    it(`are refused with ${what}`, async () => {
      const result = await metadata.deploy(files);
      expect(result).to.include({ status: 'Failed', success: false });
      expect(problemsOf(result)).to.include(problem);
    });
  }

  it('are refused in a zip file whose bytes are broken', async () => {
    const zip = new JSZip().file('package.xml', packageXml({}).repeat(20));
    const bytes = await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
    const { metadata: api } = metadata.connection;
    const result = await api.deploy(bytes.fill(0xff, 50, 60), {}).complete(true);
    expect(result).to.include({
      status: 'Failed',
      errorMessage: 'The ZipFile is not a valid zip file: package.xml cannot be decompressed',
    });
  });

  it('of another kind are refused where records have a value', async () => {
    await metadata.deploy(brand);
    const number = fieldXml('Brand__c', '<label>B</label><precision>5</precision><scale>0</scale><type>Number</type>');
    const files = { ...brand, [account]: accountFields(number) };
    const id = await client.create('Account', { Name: 'A', Brand__c: 'Pier' });
    expect(problemsOf(await metadata.deploy(files))).to.deep.equal([
      'Account.Brand__c: Cannot change the type of Account.Brand__c from string to double: 1 records have a value',
    ]);
    await client.delete(`/sobjects/Account/${id}`);
    expect(problemsOf(await metadata.deploy(files))).to.deep.equal([]);
    await client.create('Account', { Name: 'A', Brand__c: 7 });
  });

  it('are deployed without those that fail, if nothing is to be rolled back', async () => {
    const files = {
      'package.xml': packageXml({ CustomField: ['Account.Brand__c', 'Account.Long__c'] }),
      [account]: accountFields(textField('Brand__c'), textField('Long__c', 999)),
    };
    expect((await metadata.deploy(files)).status).to.equal('Failed');
    expect((await client.query('SELECT Brand__c FROM Account')).status).to.equal(400);
    const result = await metadata.deploy(files, { rollbackOnError: false });
    expect(result).to.include({ status: 'SucceededPartial', numberComponentErrors: 1, numberComponentsDeployed: 1 });
    expect((await client.query('SELECT Brand__c FROM Account')).status).to.equal(200);
  });

  it('are created, read and deleted by single calls', async () => {
    const { metadata: api } = metadata.connection;
    const field = { fullName: 'Account.Brand__c', label: 'Brand', type: 'Text', length: 40 };
    expect(await api.create('CustomField', field)).to.include({ success: true, fullName: 'Account.Brand__c' });
    expect((await api.create('CustomField', field)).success).to.equal(false);
    expect(await api.read('CustomField', 'Account.Brand__c')).to.include({ label: 'Brand', length: 40 });
    await client.create('Account', { Name: 'A', Brand__c: 'Pier' });
    expect(await api.delete('CustomField', 'Account.Brand__c')).to.include({ success: true });
    expect(await api.list([{ type: 'CustomField' }])).to.deep.equal([]);
  });

  it('stand beside those of a source folder, which are retrieved, changed and deleted too', async () => {
    await using folder = await SourceFolder.of({
      ...fieldFile('Account', 'Pier__c', '<label>Pier</label><length>20</length><type>Text</type>'),
      ...fieldFile('Account', 'Quay__c', '<label>Quay</label><length>20</length><type>Text</type>'),
    });
    await using other = await Emulator.start({ source: folder.path });
    const [api, rest] = [new MetadataClient(other), new RestClient(other)];
    // What happens to the folder later does not matter.
    await rm(folder.at('objects'), { recursive: true });
    expect(problemsOf(await api.deploy(brand))).to.deep.equal([]);
    await rest.create('Account', { Name: 'A', Pier__c: 'P', Quay__c: 'Q', Brand__c: 'B' });
    const found = await api.retrieve({ CustomObject: ['Account'] });
    for (const name of ['Brand__c', 'Pier__c', 'Quay__c'])
      expect(found['unpackaged/objects/Account.object']).to.contain(`<fullName>${name}</fullName>`);
    const longer = {
      'package.xml': packageXml({ CustomField: ['Account.Pier__c'] }),
      [account]: accountFields(textField('Pier__c', 30)),
    };
    expect(problemsOf(await api.deploy(longer))).to.deep.equal([]);
    expect(problemsOf(await api.deploy(deletion({ CustomField: ['Account.Quay__c'] })))).to.deep.equal([]);
    await rest.create('Account', { Name: 'B', Pier__c: 'p'.repeat(30), Brand__c: 'B' });
    expect((await rest.query('SELECT Quay__c FROM Account')).body[0].errorCode).to.equal('INVALID_FIELD');
    expect((await rest.query('SELECT Pier__c FROM Account')).body.totalSize).to.equal(2);
  });

  it('survive a restart, and a snapshot', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loyalty-deployed-'));
    const [dataDir, snapshot] = [join(folder, 'org'), join(folder, 'org.snapshot')];
    const files = {
      'package.xml': packageXml({ CustomObject: ['Receipt__c'], CustomField: ['Account.Brand__c'] }),
      'objects/Receipt__c.object': receipt(`${textField('Note__c')}\n`),
      [account]: accountFields(textField('Brand__c')),
    };
    let id = '';
    const check = async (again: Emulator): Promise<void> => {
      const other = new RestClient(again);
      expect((await other.get(`/sobjects/Receipt__c/${id}`)).body).to.include({ Name: 'R', Note__c: 'N' });
      expect(await new MetadataClient(again).retrieve({ CustomField: ['Receipt__c.Note__c'] })).to.include.keys(
        'unpackaged/objects/Receipt__c.object',
      );
    };
    try {
      const first = await Emulator.start({ dataDir });
      const { id: deployId } = await new MetadataClient(first).deploy(files);
      id = await new RestClient(first).create('Receipt__c', { Name: 'R', Note__c: 'N' });
      first.save(snapshot);
      await first.stop();
      for (const options of [{ dataDir }, { from: snapshot }]) {
        await using again = await Emulator.start(options);
        await check(again);
        const api = new MetadataClient(again);
        const forgotten = await api.connection.metadata.checkDeployStatus(deployId).catch((error: unknown) => error);
        expect(forgotten).to.have.property('message').that.contains(`No deploy with the id ${deployId} was found`);
        expect((await api.deploy(files)).id).to.not.equal(deployId);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
