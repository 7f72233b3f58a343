import { expect } from 'chai';
import { ExampleOrg, programName } from '../loyalty/exampleProgram.js';
import { fieldXml, MetadataClient, metadataText, packageXml, problemsOf } from './metadataClient.js';

const setupName = programName.replace(/\s+/g, '_');
const industry = fieldXml('Industry', '        <type>Picklist</type>');
const account = metadataText('CustomObject', `${industry}\n    <enableFeeds>false</enableFeeds>`);

/** What an org has before anything is deployed: standard objects and fields, and programs that only have records. */
describe('Metadata that an org has from the start', () => {
  let org: ExampleOrg;
  let metadata: MetadataClient;

  beforeEach(async () => {
    org = await ExampleOrg.start();
    metadata = new MetadataClient(org.emulator);
  });

  afterEach(() => org[Symbol.asyncDispose]());

  it('is changed by a deploy, not created', async () => {
    const setup = `loyaltyProgramSetups/${setupName}.loyaltyProgramSetup`;
    const result = await metadata.deploy({
      'package.xml': packageXml({
        CustomObject: ['Account'],
        CustomField: ['Account.Industry'],
        LoyaltyProgramSetup: [setupName],
      }),
      'objects/Account.object': account,
      [setup]: metadataText('LoyaltyProgramSetup', `    <label>${programName}</label>`),
    });
    expect(problemsOf(result)).to.deep.equal([]);
    const states = result.details.componentSuccesses
      .filter(({ componentType }) => componentType !== '')
      .map(({ fullName, created, changed }) => [fullName, created, changed]);
    expect(states).to.have.deep.members([
      ['Account', false, true],
      ['Account.Industry', false, true],
      [setupName, false, true],
    ]);
  });

  it('is updated by single calls, and cannot be created again', async () => {
    const { metadata: api } = metadata.connection;
    const object = { fullName: 'Account', enableFeeds: false };
    expect(await api.update('CustomObject', object)).to.deep.include({ success: true, fullName: 'Account' });
    const fresh = { fullName: 'Contact', enableFeeds: false };
    expect(await api.create('CustomObject', fresh)).to.deep.include({ success: false });
    expect(await api.upsert('CustomObject', fresh)).to.deep.include({ success: true, created: false });
  });

  it('leaves custom metadata types, which are no standard objects, to be deleted', async () => {
    const rate = metadataText('CustomObject', '    <label>Rate</label>\n    <pluralLabel>Rates</pluralLabel>');
    const types = packageXml({ CustomObject: ['Rate__mdt'] });
    const deployed = await metadata.deploy({ 'package.xml': types, 'objects/Rate__mdt.object': rate });
    expect(problemsOf(deployed)).to.deep.equal([]);
    const deleted = await metadata.deploy({ 'package.xml': packageXml({}), 'destructiveChanges.xml': types });
    expect(problemsOf(deleted)).to.deep.equal([]);
  });

  for (const [type, fullName, problem] of [
    ['CustomObject', 'Account', 'Cannot delete the standard object Account'],
    ['CustomField', 'Account.Industry', 'Cannot delete the standard field Account.Industry'],
  ] as const) {
    for (const isDeployed of [false, true]) {
      it(`keeps ${fullName}, which ${isDeployed ? 'was' : 'was not'} deployed`, async () => {
        const types = { CustomObject: ['Account'], CustomField: ['Account.Industry'] };
        const files = { 'package.xml': packageXml(types), 'objects/Account.object': account };
        if (isDeployed) expect(problemsOf(await metadata.deploy(files))).to.deep.equal([]);
        const deletion = {
          'package.xml': packageXml({}),
          'destructiveChanges.xml': packageXml({ [type]: [fullName] }),
        };
        const result = await metadata.deploy(deletion, { ignoreWarnings: true });
        expect(problemsOf(result)).to.deep.equal([`${fullName}: ${problem}`]);
      });
    }
  }
});
