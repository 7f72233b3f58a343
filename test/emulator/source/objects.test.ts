import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Emulator, SourceError, startDetached, stopEmulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';
import { fieldFile, objectFile, SourceFolder, xml } from './sourceFolder.js';

const textName = '<nameField><label>Receipt Name</label><type>Text</type></nameField>';
const receipt = objectFile('Receipt__c', `<label>Receipt</label><pluralLabel>Receipts</pluralLabel>${textName}`);
const line = {
  ...objectFile(
    'ReceiptLine__c',
    '<label>Line</label><pluralLabel>Lines</pluralLabel><nameField><displayFormat>L-{00000}</displayFormat><label>No</label><type>AutoNumber</type></nameField>',
  ),
  ...fieldFile(
    'ReceiptLine__c',
    'Receipt__c',
    '<label>Receipt</label><type>MasterDetail</type><referenceTo>Receipt__c</referenceTo><relationshipName>Lines</relationshipName>',
  ),
  ...fieldFile(
    'ReceiptLine__c',
    'Amount__c',
    '<label>Amount</label><type>Currency</type><precision>18</precision><scale>2</scale>',
  ),
};
const member = fieldFile(
  'Receipt__c',
  'Member__c',
  '<label>Member</label><type>Lookup</type><referenceTo>LoyaltyProgramMember</referenceTo><relationshipName>Receipts</relationshipName>',
);

describe('Custom objects of a source folder', () => {
  let folder: SourceFolder;
  let org: Emulator;
  let client: RestClient;

  before(async () => {
    folder = await SourceFolder.of({ ...receipt, ...line, ...member });
    org = await Emulator.start({ source: folder.path });
    client = new RestClient(org);
  });

  after(async () => {
    await org.stop();
    await folder[Symbol.asyncDispose]();
  });

  it('are described as custom objects', async () => {
    const { body } = await client.get('/sobjects/Receipt__c/describe');
    expect(body).to.deep.include({ label: 'Receipt', labelPlural: 'Receipts', custom: true, createable: true });
    expect(body.keyPrefix).to.match(/^a\w\w$/);
    expect(body.fields.find(({ name }: { name: string }) => name === 'Name')).to.include({
      label: 'Receipt Name',
      length: 80,
      nillable: false,
    });
    expect(body.childRelationships).to.deep.include({
      ...{ childSObject: 'ReceiptLine__c', field: 'Receipt__c', relationshipName: 'Lines__r', cascadeDelete: true },
      ...{ restrictedDelete: false, deprecatedAndHidden: false, junctionIdListNames: [], junctionReferenceTo: [] },
    });
  });

  it('have rows that are deleted with their master', async () => {
    const id = await client.create('Receipt__c', { Name: 'R' });
    const lineId = await client.create('ReceiptLine__c', { Receipt__c: id, Amount__c: 9.99 });
    expect((await client.get(`/sobjects/ReceiptLine__c/${lineId}`)).body).to.include({
      Name: 'L-00001',
      Amount__c: 9.99,
    });
    const soql = 'SELECT Name, (SELECT Name, Amount__c FROM Lines__r) FROM Receipt__c';
    expect((await client.query(soql)).body.records[0].Lines__r.records[0]).to.include({ Name: 'L-00001' });
    await client.delete(`/sobjects/Receipt__c/${id}`);
    expect((await client.get(`/sobjects/ReceiptLine__c/${lineId}`)).status).to.equal(404);
  });

  it('are emptied of a deleted parent, prevent its deletion, or are deleted with it, depending on the lookup', async () => {
    const lookup = (name: string, rest: string): Record<string, string> =>
      fieldFile('Receipt__c', `${name}__c`, `<type>Lookup</type><referenceTo>Account</referenceTo>${rest}`);
    await using source = await SourceFolder.of({
      ...receipt,
      ...lookup('Shop', '<relationshipName>ShopReceipts</relationshipName>'),
      ...lookup('Issuer', '<deleteConstraint>Restrict</deleteConstraint>'),
      ...lookup('Till', '<required>true</required>'),
      ...lookup('Event', '<deleteConstraint>Cascade</deleteConstraint>'),
    });
    await using own = await Emulator.start({ source: source.path });
    const rest = new RestClient(own);
    const accounts: Record<string, string> = {};
    for (const field of ['Shop__c', 'Issuer__c', 'Till__c', 'Event__c']) {
      accounts[field] = await rest.create('Account', { Name: field });
    }
    const id = await rest.create('Receipt__c', { Name: 'R', ...accounts });

    for (const field of ['Issuer__c', 'Till__c']) {
      const { status, body } = await rest.delete(`/sobjects/Account/${accounts[field]}`);
      expect([status, body[0].errorCode]).to.deep.equal([400, 'DELETE_FAILED']);
      expect(body[0].message).to.include(`associated with the following receipts: ${id}`);
    }
    expect((await rest.delete(`/sobjects/Account/${accounts['Shop__c']}`)).status).to.equal(204);
    expect((await rest.get(`/sobjects/Receipt__c/${id}`)).body).to.include({ ...accounts, Shop__c: null });
    await rest.delete(`/sobjects/Account/${accounts['Event__c']}`);
    expect((await rest.get(`/sobjects/Receipt__c/${id}`)).status).to.equal(404);
    expect((await rest.delete(`/sobjects/Account/${accounts['Issuer__c']}`)).status).to.equal(204);
  });

  it('have an owner, unless they are details', async () => {
    const fieldNames = async (name: string): Promise<string[]> =>
      (await client.get(`/sobjects/${name}/describe`)).body.fields.map((field: { name: string }) => field.name);
    expect(await fieldNames('Receipt__c')).to.include('OwnerId');
    expect(await fieldNames('ReceiptLine__c')).not.to.include('OwnerId');
  });

  it('come after the objects of the platform', async () => {
    const { body } = await client.query('SELECT Id, (SELECT Name FROM Receipts__r) FROM LoyaltyProgramMember');
    expect(body).to.include({ totalSize: 0 });
  });

  it('keep their rows when an object is added to the folder', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'loyalty-emulator-'));
    await using source = await SourceFolder.of(receipt);
    const first = await Emulator.start({ source: source.path, dataDir });
    const id = first.store.insert('Receipt__c', { Name: 'kept' });
    await first.stop();
    await source.write(
      'objects/Aardvark__c/Aardvark__c.object-meta.xml',
      xml('CustomObject', `<label>A</label>${textName}`),
    );
    const second = await Emulator.start({ source: source.path, dataDir });
    const rest = new RestClient(second);
    expect((await rest.get(`/sobjects/Receipt__c/${id}`)).body).to.include({ Name: 'kept' });
    await rest.create('Aardvark__c', { Name: 'new' });
    await second.stop();
    await rm(dataDir, { recursive: true });
  });
});

describe('A source folder', () => {
  const inContact = (elements: string): Record<string, string> => fieldFile('Contact', 'X__c', elements);
  const fieldPath = 'objects/Contact/fields/X__c.field-meta.xml';

  const flaws: [string, Record<string, string>, string][] = [
    ['a file that is not XML', { [fieldPath]: '<CustomField><type>' }, `${fieldPath}: is not valid XML at line 1 (`],
    ['another root', { [fieldPath]: '<ApexClass/>' }, `${fieldPath}: has no <CustomField> element.`],
    [
      'a DOCTYPE',
      { [fieldPath]: '<!DOCTYPE a><CustomField/>' },
      `${fieldPath}: has a DOCTYPE, which metadata files do`,
    ],
    [
      'a hostile name',
      { [fieldPath]: '<CustomField><__proto__>1</__proto__></CustomField>' },
      `${fieldPath}: is not a metadata file (`,
    ],
    ['no type', inContact('<label>X</label>'), `${fieldPath}: <type> is missing.`],
    ['two types', inContact('<type>Text</type><type>Date</type>'), `${fieldPath}: <type> must be one text.`],
    ['no length', inContact('<type>Text</type>'), `${fieldPath}: <length> is missing.`],
    [
      'a length that is too large',
      inContact('<type>Text</type><length>256</length>'),
      `${fieldPath}: <length> must be a whole number from 1 to 255, not "256".`,
    ],
    [
      'an invalid length',
      inContact('<type>LongTextArea</type><length>1e3</length>'),
      `${fieldPath}: <length> must be a whole number from 256 to 131072, not "1e3".`,
    ],
    ['no scale', inContact('<type>Number</type><precision>5</precision>'), `${fieldPath}: <scale> is missing.`],
    [
      'more scale than digits',
      inContact('<type>Number</type><precision>2</precision><scale>3</scale>'),
      `${fieldPath}: <scale> must not be greater than <precision> (2), but is 3.`,
    ],
    [
      'an invalid flag',
      inContact('<type>Date</type><required>yes</required>'),
      `${fieldPath}: <required> must be true or false, not "yes".`,
    ],
    ['a lookup without a target', inContact('<type>Lookup</type>'), `${fieldPath}: <referenceTo> is missing.`],
    ['a picklist without values', inContact('<type>Picklist</type>'), `${fieldPath}: <valueSet> is missing.`],
    [
      'a value set without values',
      inContact('<type>Picklist</type><valueSet><sorted>true</sorted></valueSet>'),
      `${fieldPath}: <valueSet> has neither <valueSetDefinition> nor <valueSetName>.`,
    ],
    [
      'a value without a name',
      inContact('<type>Picklist</type><valueSet><valueSetDefinition><value/></valueSetDefinition></valueSet>'),
      `${fieldPath}, <valueSet>, <valueSetDefinition>, <value>: <fullName> is missing.`,
    ],
    [
      'a field with an invalid name',
      fieldFile('Contact', 'a"b__c', '<type>Date</type>'),
      'objects/Contact/fields/a"b__c.field-meta.xml: "a"b__c" is not a valid name for a custom field.',
    ],
    [
      'an object without a label',
      objectFile('Receipt__c', textName),
      'objects/Receipt__c/Receipt__c.object-meta.xml: <label> is missing.',
    ],
    [
      'an object without a name field',
      objectFile('Receipt__c', '<label>R</label>'),
      'objects/Receipt__c/Receipt__c.object-meta.xml: <nameField> is missing.',
    ],
    [
      'a name of another type',
      objectFile('Receipt__c', '<label>R</label><nameField><type>Date</type></nameField>'),
      'objects/Receipt__c/Receipt__c.object-meta.xml, <nameField>: <type> must be Text or AutoNumber, not "Date".',
    ],
  ];

  for (const [what, files, message] of flaws) {
    it(`is refused for ${what}`, async () => {
      await using folder = await SourceFolder.of(files);
      const error: unknown = await Emulator.start({ source: folder.path }).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(SourceError);
      const complaint = (error as Error).message.slice(folder.at('/').length);
      expect(complaint.slice(0, message.length)).to.equal(message);
    });
  }

  it('is refused if it does not exist', async () => {
    const error: unknown = await Emulator.start({ source: 'no/such/folder' }).catch((reason: unknown) => reason);
    expect(error).to.have.property('message', 'no/such/folder: cannot be read as a source folder (ENOENT).');
  });

  const oddities: [string, Record<string, string>, string][] = [
    [
      'a default that is a formula',
      inContact('<type>Date</type><defaultValue>TODAY()</defaultValue>'),
      '<defaultValue> is the formula TODAY(), which the local org does not compute, so the field has no default value.',
    ],
    [
      'a value set from elsewhere',
      inContact('<type>Picklist</type><valueSet><valueSetName>Industry</valueSetName></valueSet>'),
      '<valueSet> refers to Industry, which is not in the folder, so any value is accepted.',
    ],
    [
      'a roll-up',
      inContact('<type>Summary</type><summaryOperation>sum</summaryOperation>'),
      '<summaryOperation> is not computed in the local org, so the field is read-only and always empty.',
    ],
    [
      'fields without their object',
      fieldFile('Alien__c', 'X__c', '<type>Date</type>'),
      'Alien__c has no .object-meta.xml in the folder, so its fields are left out.',
    ],
    [
      'an object that it does not have',
      fieldFile('Lead', 'X__c', '<type>Date</type>'),
      'the local org has no object Lead, so it is left out.',
    ],
    ['nothing', {}, 'contains no objects/<Object> folder, so nothing is added.'],
  ];

  for (const [what, files, warning] of oddities) {
    it(`may contain ${what}, with a warning`, async () => {
      await using folder = await SourceFolder.of(files);
      await using org = await Emulator.start({ source: folder.path });
      expect(org.warnings).to.have.lengthOf(1);
      expect(org.warnings[0]).to.satisfy((text: string) => text.endsWith(`: ${warning}`));
    });
  }

  it('may spell a name in different cases', async () => {
    await using folder = await SourceFolder.of({
      ...receipt,
      ...fieldFile('receipt__C', 'Total__c', '<type>Date</type>'),
      ...fieldFile('contact', 'X__c', '<type>Date</type>'),
      ...fieldFile('Contact', 'x__c', '<type>Date</type>'),
    });
    await using org = await Emulator.start({ source: folder.path });
    const client = new RestClient(org);
    expect((await client.query('SELECT Total__c FROM Receipt__c')).status).to.equal(200);
    expect((await client.query('SELECT X__c FROM Contact')).status).to.equal(200);
    expect(org.warnings).to.have.lengthOf(1);
    expect(org.warnings[0]).to.match(/X__c is defined twice, and only the first definition is used\.$/i);
  });

  it('is read by a detached org too, with the same warnings', async () => {
    await using folder = await SourceFolder.of({
      ...fieldFile('Contact', 'Brand__c', '<type>Text</type><length>20</length>'),
      ...inContact('<type>Location</type>'),
    });
    const { url, accessToken, warnings } = await startDetached({ source: folder.path });
    try {
      const headers = { authorization: `Bearer ${accessToken}` };
      const described = await fetch(`${url}/services/data/v66.0/sobjects/Contact/describe`, { headers });
      expect(await described.text()).to.include('"name":"Brand__c"');
      expect(warnings).to.have.lengthOf(1);
    } finally {
      await stopEmulator(url);
    }
  });

  it('may contain several packages, and the first definition of a field is used', async () => {
    await using folder = await SourceFolder.of({
      ...inContact('<label>First</label><type>Date</type>'),
      [`../other/${fieldPath}`]: xml('CustomField', '<label>Second</label><type>Date</type>'),
      '../node_modules/objects/Contact/fields/Y__c.field-meta.xml': 'not read',
    });
    await using org = await Emulator.start({ source: folder.path });
    const { body } = await new RestClient(org).get('/sobjects/Contact/describe');
    const labels = body.fields
      .filter(({ custom }: { custom: boolean }) => custom)
      .map(({ label }: { label: string }) => label);
    expect(labels).to.deep.equal(['First']);
    expect(org.warnings[0]).to.match(/X__c is defined twice, and only the first definition is used\.$/);
  });
});
