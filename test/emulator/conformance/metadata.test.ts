import { expect } from 'chai';
import { MetadataClient, metadataText, packageXml, problemsOf, textField } from '../metadata/metadataClient.js';
import { connectionTo, isRemote, openTarget } from './target.js';
import type { Target } from './target.js';

/** A field that is deployed, changed, retrieved and deleted again: the ways of the CLI with metadata. */
describe('Conformance: metadata', function () {
  this.timeout(600_000);

  let target: Target;
  let metadata: MetadataClient;
  const name = `Conformance_${Date.now().toString(36)}__c`;
  const fullName = `Account.${name}`;

  before(async () => {
    target = await openTarget();
    metadata = new MetadataClient({ url: target.instanceUrl, accessToken: target.accessToken });
    if (isRemote) metadata.pollEvery(3_000);
  });

  after(() => target.close());

  const files = (length = 40): Record<string, string> => ({
    'package.xml': packageXml({ CustomField: [fullName] }),
    'objects/Account.object': metadataText('CustomObject', textField(name, length)),
  });
  const fieldOf = async () => {
    const { fields } = await connectionTo(target).sobject('Account').describe();
    return fields.find((field) => field.name === name);
  };

  it('has the types that the CLI asks for', async () => {
    const { metadataObjects } = await metadata.connection.metadata.describe();
    const type = metadataObjects.find(({ xmlName }) => xmlName === 'CustomObject');
    expect(type).to.include({ directoryName: 'objects', suffix: 'object', inFolder: false });
    expect(type?.childXmlNames).to.include('CustomField');
  });

  it('refuses what no org takes, with the component and the problem', async () => {
    const tooLong = await metadata.deploy(files(256));
    expect(tooLong).to.include({ done: true, success: false, status: 'Failed', numberComponentErrors: 1 });
    expect(tooLong.details.componentFailures[0]).to.include({ fullName, componentType: 'CustomField' });
    const { 'package.xml': manifest = '' } = files();
    expect(problemsOf(await metadata.deploy({ 'package.xml': manifest }))).to.deep.equal([
      `${fullName}: An object '${fullName}' of type CustomField was named in package.xml, but was not found in zipped directory`,
    ]);
  });

  it('changes nothing by a validation', async () => {
    expect(await metadata.deploy(files(), { checkOnly: true })).to.include({ success: true, checkOnly: true });
    expect(await fieldOf()).to.equal(undefined);
  });

  it('creates a field by a deploy', async () => {
    const result = await metadata.deploy(files());
    expect(problemsOf(result)).to.deep.equal([]);
    expect(result).to.include({ success: true, status: 'Succeeded', numberComponentsDeployed: 1 });
    const [success] = result.details.componentSuccesses.filter(({ componentType }) => componentType !== '');
    expect(success).to.include({ fullName, created: true, componentType: 'CustomField' });
    // A real org gives nobody access to a new field, so that it is not described there.
    if (!isRemote) expect(await fieldOf()).to.include({ type: 'string', length: 40, custom: true });
  });

  it('lists, reads and retrieves it', async () => {
    const { metadata: api } = metadata.connection;
    const listed = [await api.list([{ type: 'CustomField' }])].flat();
    expect(listed.find((each) => each.fullName === fullName)).to.include({ fileName: 'objects/Account.object' });
    expect(await api.read('CustomField', fullName)).to.include({ fullName, type: 'Text' });
    const found = await metadata.retrieve({ CustomField: [fullName] });
    expect(Object.keys(found).sort()).to.deep.equal(['unpackaged/objects/Account.object', 'unpackaged/package.xml']);
    expect(found['unpackaged/objects/Account.object']).to.contain(`<fullName>${name}</fullName>`);
  });

  it('deletes it by destructive changes', async () => {
    const deletion = {
      'package.xml': packageXml({}),
      'destructiveChanges.xml': packageXml({ CustomField: [fullName] }),
    };
    const result = await metadata.deploy(deletion, { purgeOnDelete: true });
    expect(problemsOf(result)).to.deep.equal([]);
    const deleted = result.details.componentSuccesses.find((each) => each.fullName === fullName);
    expect(deleted).to.include({ deleted: true });
    expect(await fieldOf()).to.equal(undefined);
  });
});
