import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';
import { fieldFile, objectFile, SourceFolder, xml } from './sourceFolder.js';

/** What the page on the local org says is left out with a warning: a fixture for each, and the warning. */
const fields: Record<string, [elements: string, warning: string]> = {
  Location: ['<type>Location</type><scale>5</scale>', '<type> is Location'],
  'an external lookup': [
    '<type>ExternalLookup</type><referenceTo>Product__x</referenceTo><relationshipName>Products</relationshipName>',
    '<type> is ExternalLookup',
  ],
  'an indirect lookup': [
    '<type>IndirectLookup</type><referenceTo>Account</referenceTo><referenceTargetField>Key__c</referenceTargetField>',
    '<type> is IndirectLookup',
  ],
};

const label = '<label>X</label><pluralLabel>Xs</pluralLabel>';
const name = '<nameField><label>Name</label><type>Text</type></nameField>';

const objects: Record<string, [objectName: string, elements: string, warning: string]> = {
  'a custom metadata type': [
    'Rate__mdt',
    `${label}<visibility>Public</visibility>`,
    'the local org has no object Rate__mdt',
  ],
  'a hierarchy setting': [
    'Setup__c',
    `<customSettingsType>Hierarchy</customSettingsType><label>Setup</label><visibility>Public</visibility>`,
    '<customSettingsType> makes Setup__c a custom setting',
  ],
  'a list setting': [
    'Setup__c',
    `<customSettingsType>List</customSettingsType><label>Setup</label>`,
    '<customSettingsType> makes Setup__c a custom setting',
  ],
  'a platform event': [
    'Bought__e',
    `${label}<eventType>HighVolume</eventType>`,
    'the local org has no object Bought__e',
  ],
  'a big object': [
    'Visit__b',
    `${label}<indexes><fullName>I</fullName></indexes>`,
    'the local org has no object Visit__b',
  ],
  'an external object': [
    'Stock__x',
    `${label}<externalDataSource>Depot</externalDataSource>`,
    'the local org has no object Stock__x',
  ],
  'an external object whose name ends like a custom one': [
    'Stock__c',
    `${label}${name}<externalDataSource>Depot</externalDataSource><externalName>stock</externalName>`,
    '<externalDataSource> makes Stock__c an external object',
  ],
};

/** Files that are not read at all, and not worth a word. */
const unread: Record<string, string> = {
  'objects/Contact/recordTypes/Vip.recordType-meta.xml': xml('RecordType', '<label>Vip</label>'),
  'objects/Contact/validationRules/Rule.validationRule-meta.xml': xml('ValidationRule', '<active>true</active>'),
  'objects/Contact/listViews/All.listView-meta.xml': xml('ListView', '<label>All</label>'),
  'objects/Contact/fields/Email.field-meta.xml': xml('CustomField', '<fullName>Email</fullName>'),
  'layouts/Contact-Contact Layout.layout-meta.xml': xml('Layout', ''),
  'triggers/OnContact.trigger': 'trigger OnContact on Contact (before insert) {}',
  'flows/Welcome.flow-meta.xml': xml('Flow', ''),
  'sharingRules/Contact.sharingRules-meta.xml': xml('SharingRules', ''),
};

const brand = fieldFile('Contact', 'Brand__c', '<label>Brand</label><type>Text</type><length>20</length>');

describe('What a source folder may contain but the local org leaves out', () => {
  const start = async (
    files: Record<string, string>,
  ): Promise<{ warnings: readonly string[]; described: string[] }> => {
    await using folder = await SourceFolder.of({ ...brand, ...files });
    await using org = await Emulator.start({ source: folder.path });
    const client = new RestClient(org);
    const names = (list: { name: string }[]): string[] => list.map((each) => each.name);
    const { sobjects } = (await client.get('/sobjects')).body;
    const { fields: own } = (await client.get('/sobjects/Contact/describe')).body;
    return { warnings: org.warnings, described: [...names(sobjects), ...names(own)] };
  };

  for (const [what, [elements, warning]] of Object.entries(fields)) {
    it(`${what}: the field, with a warning`, async () => {
      const { warnings, described } = await start(fieldFile('Contact', 'X__c', `<label>X</label>${elements}`));
      expect(warnings).to.have.lengthOf(1);
      expect(warnings[0])
        .to.include(`X__c.field-meta.xml: ${warning}`)
        .and.to.match(/left out\.$/);
      expect(described).to.include('Brand__c').and.not.to.include('X__c');
    });
  }

  for (const [what, [objectName, elements, warning]] of Object.entries(objects)) {
    it(`${what}: the object and its fields, with one warning`, async () => {
      const { warnings, described } = await start({
        ...objectFile(objectName, elements),
        ...fieldFile(objectName, 'Depot__c', '<label>Depot</label><type>MetadataRelationship</type>'),
        ...fieldFile(objectName, 'Count__c', '<label>Count</label><type>Number</type>'),
      });
      expect(warnings).to.have.lengthOf(1);
      expect(warnings[0])
        .to.include(warning)
        .and.to.match(/left out\.$/);
      expect(described).to.include('Brand__c').and.not.to.include(objectName);
    });
  }

  it('record types, layouts, rules, triggers, flows and sharing: without a warning', async () => {
    const { warnings, described } = await start(unread);
    expect(warnings).to.deep.equal([]);
    expect(described).to.include('Brand__c');
  });
});
