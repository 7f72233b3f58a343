import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { ExampleOrg, programName, purchase } from '../loyalty/exampleProgram.js';
import { programSetupXml } from '../loyalty/rules/programSource.js';
import type { GivenAction } from '../loyalty/rules/programSource.js';
import { RestClient } from '../restClient.js';
import { MetadataClient, metadataText, packageXml, problemsOf, textField } from './metadataClient.js';
import { ratesObject, ratesTable, tableRules } from './ratesTable.js';

const name = programName.replace(/\s+/g, '_');
const path = `loyaltyProgramSetups/${name}.loyaltyProgramSetup`;

const credit = (points: string, currency = 'Stars'): GivenAction => ({
  type: 'CreditPoints',
  parameters: { ProgramCurrencyName: `"${currency}"`, PointsToCredit: points },
});

const setup = (...actions: GivenAction[]): Record<string, string> => ({
  'package.xml': packageXml({ LoyaltyProgramSetup: [name] }),
  [path]: programSetupXml(programName, [{ name: 'Purchases', actions }]),
});

describe('Deployed programs', () => {
  let org: ExampleOrg;
  let metadata: MetadataClient;

  beforeEach(async () => {
    org = await ExampleOrg.start();
    metadata = new MetadataClient(org.emulator);
    await org.withMembers('WX-1');
  });

  afterEach(() => org[Symbol.asyncDispose]());

  it('run their rules, and those of the last deploy', async () => {
    expect(problemsOf(await metadata.deploy(setup(credit('7'))))).to.deep.equal([]);
    await org.execute([purchase('WX-1', 10)]);
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 7 });
    await metadata.deploy(setup(credit('2')));
    await org.execute([purchase('WX-1', 10)]);
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 9 });
    const row = org.emulator.store.first('LoyaltyProgramProcess', { Name: 'Purchases' });
    expect(row).to.include({ Status: 'Active', ProcessType: 'TransactionJournal' });
  });

  it('are retrieved as they were deployed', async () => {
    const files = setup(credit('7'));
    await metadata.deploy(files);
    const found = await metadata.retrieve({ LoyaltyProgramSetup: ['*'] });
    expect(found[`unpackaged/${path}`]).to.equal(files[path]);
  });

  it('are retrieved with their processes, if these are only records', async () => {
    const found = await metadata.retrieve({ LoyaltyProgramSetup: [name] });
    expect(found[`unpackaged/${path}`]).to.contain(`<label>${programName}</label>`);
    expect(found[`unpackaged/${path}`]).to.contain('<processType>TransactionJournal</processType>');
  });

  it('change nothing when they are only validated', async () => {
    expect((await metadata.deploy(setup(credit('7')), { checkOnly: true })).success).to.equal(true);
    await org.execute([purchase('WX-1', 10)]);
    expect((await org.balances('WX-1'))['Stars']).to.not.equal(7);
  });

  it('give way to the built-in rule when they are deleted, or have no rules', async () => {
    const builtIn = async (): Promise<number> => {
      const { Stars: before = 0 } = await org.balances('WX-1');
      await org.execute([purchase('WX-1', 10)]);
      return ((await org.balances('WX-1'))['Stars'] ?? 0) - before;
    };
    const usual = await builtIn();
    await metadata.deploy(setup(credit('7')));
    expect(await builtIn()).to.equal(7);
    const empty = `<LoyaltyProgramSetup><label>${programName}</label></LoyaltyProgramSetup>`;
    await metadata.deploy({ ...setup(), [path]: empty });
    expect(await builtIn()).to.equal(usual);
    await metadata.deploy(setup(credit('7')));
    expect(await builtIn()).to.equal(7);
    const gone = packageXml({ LoyaltyProgramSetup: [name] });
    const deletion = { 'package.xml': packageXml({}), 'destructiveChanges.xml': gone };
    expect(problemsOf(await metadata.deploy(deletion))).to.deep.equal([]);
    expect(await builtIn()).to.equal(usual);
  });

  it('are refused under a second name', async () => {
    await metadata.deploy(setup(credit('7')));
    const files = {
      'package.xml': packageXml({ LoyaltyProgramSetup: ['Other'] }),
      'loyaltyProgramSetups/Other.loyaltyProgramSetup': setup(credit('8'))[path] ?? '',
    };
    expect(problemsOf(await metadata.deploy(files))).to.deep.equal([
      `Other: the program "${programName}" is already in ${path}`,
    ]);
  });

  it('bring their program', async () => {
    const files = {
      'package.xml': packageXml({ LoyaltyProgramSetup: ['New_Pier'] }),
      'loyaltyProgramSetups/New_Pier.loyaltyProgramSetup': programSetupXml('New Pier', []),
    };
    expect(problemsOf(await metadata.deploy(files))).to.deep.equal([]);
    expect(org.emulator.store.first('LoyaltyProgram', { Name: 'New Pier' })).to.include({ Status: 'Active' });
  });

  it('may use fields of the same deploy', async () => {
    const files = {
      ...setup(credit('IF({!TransactionJournal.Brand__c} = "Pier", 5, 1)')),
      'package.xml': packageXml({ LoyaltyProgramSetup: [name], CustomField: ['TransactionJournal.Brand__c'] }),
      'objects/TransactionJournal.object': metadataText('CustomObject', textField('Brand__c')),
    };
    expect(problemsOf(await metadata.deploy(files))).to.deep.equal([]);
    await org.execute([{ ...purchase('WX-1', 10), Brand__c: 'Pier' }]);
    expect((await org.balances('WX-1'))['Stars']).to.equal(5);
  });

  it('use decision tables of the same deploy, as their metadata says', async () => {
    await metadata.deploy({
      'package.xml': packageXml({ CustomObject: ['Rate__c'] }),
      'objects/Rate__c.object': ratesObject,
    });
    org.emulator.store.insert('Rate__c', { Name: 'A', Brand__c: 'Pier', Points__c: 2 });
    org.emulator.store.insert('Rate__c', { Name: 'B', Brand__c: 'Quay', Points__c: 9 });
    const rules = tableRules('Rates', 'Rate__c', 'Points__c');
    const files = {
      'package.xml': packageXml({ LoyaltyProgramSetup: [name], DecisionTable: ['Rates'] }),
      [path]: rules,
      'decisionTables/Rates.decisionTable': ratesTable(),
    };
    expect(problemsOf(await metadata.deploy(files))).to.deep.equal([]);
    await org.execute([{ ...purchase('WX-1', 10), Brand: 'Pier' }]);
    expect((await org.balances('WX-1'))['Stars']).to.equal(9);
  });

  it('are refused with each mistake, and its line', async () => {
    const xml = `<LoyaltyProgramSetup>
  <label>${programName}</label>
  <programProcesses>
    <processName>A</processName>
    <processType>TransactionJournal</processType>
    <status>On</status>
    <journalType>Parking</journalType>
  </programProcesses>
</LoyaltyProgramSetup>`;
    const result = await metadata.deploy({ ...setup(), [path]: xml });
    const [failure] = result.details.componentFailures;
    expect(failure).to.include({ fullName: name, componentType: 'LoyaltyProgramSetup', fileName: path, lineNumber: 6 });
    expect(failure?.problem).to.contain('<status> "On" is unknown');
  });

  it('are refused with names that the org does not have, and flows that nothing answers for', async () => {
    const flow: GivenAction = { type: 'RunFlow', elements: { flowDefinition: 'Get_Rate' } };
    expect(problemsOf(await metadata.deploy(setup(credit('1', 'Shells'))))[0]).to.equal(
      `${name}: the currency "Shells" does not exist; known are "Miles", "Stars"`,
    );
    expect(problemsOf(await metadata.deploy(setup(flow)))[0]).to.contain('nothing answers for the flow "Get_Rate"');
  });

  it('run their rules after a restart', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'loyalty-program-'));
    try {
      const first = await ExampleOrg.start({ dataDir });
      await first.withMembers('WX-1');
      await new MetadataClient(first.emulator).deploy(setup(credit('7')));
      await first.emulator.stop();
      await using again = await Emulator.start({ dataDir });
      const journal = { ...purchase('WX-1', 10), TransactionAmount: 10 };
      const { traces } = again.explain(programName, [journal]);
      expect(JSON.stringify(traces)).to.contain('"PointsToCredit"');
    } finally {
      await rm(dataDir, { recursive: true });
    }
  });
});

describe('Deployed permission sets and other metadata', () => {
  let org: Emulator;
  let metadata: MetadataClient;

  before(async () => {
    org = await Emulator.start();
    metadata = new MetadataClient(org);
  });

  after(() => org.stop());

  const clerk = (field: string): string =>
    metadataText(
      'PermissionSet',
      `    <fieldPermissions>
        <editable>true</editable>
        <field>${field}</field>
        <readable>true</readable>
    </fieldPermissions>
    <label>Clerk</label>`,
    );
  const permissionSet = (field: string): Record<string, string> => ({
    'package.xml': packageXml({ PermissionSet: ['Clerk'] }),
    'permissionsets/Clerk.permissionset': clerk(field),
  });

  it('name fields that exist', async () => {
    expect(problemsOf(await metadata.deploy(permissionSet('Account.Brand__c')))).to.deep.equal([
      'Clerk: In field: field - no CustomField named Account.Brand__c found',
    ]);
    const files = {
      ...permissionSet('Account.Brand__c'),
      'package.xml': packageXml({ PermissionSet: ['Clerk'], CustomField: ['Account.Brand__c'] }),
      'objects/Account.object': metadataText('CustomObject', textField('Brand__c')),
    };
    expect(problemsOf(await metadata.deploy(files))).to.deep.equal([]);
    const found = await metadata.retrieve({ PermissionSet: ['Clerk'] });
    expect(found['unpackaged/permissionsets/Clerk.permissionset']).to.equal(clerk('Account.Brand__c'));
  });

  it('of every type that Salesforce has are kept, and retrieved as they came', async () => {
    const files = {
      'package.xml': packageXml({
        ApexClass: ['Pier'],
        CustomLabels: ['CustomLabels'],
        LightningComponentBundle: ['pier'],
        Report: ['Harbour/Sales'],
      }),
      'classes/Pier.cls': 'public class Pier {}',
      'classes/Pier.cls-meta.xml': metadataText('ApexClass', '    <apiVersion>66.0</apiVersion>'),
      'labels/CustomLabels.labels': metadataText(
        'CustomLabels',
        `    <labels>
        <fullName>Ahoy</fullName>
        <value>Ahoy &lt;mate&gt;</value>
    </labels>`,
      ),
      'lwc/pier/pier.js': 'export default 1;',
      'lwc/pier/pier.js-meta.xml': metadataText('LightningComponentBundle', '    <isExposed>false</isExposed>'),
      'reports/Harbour/Sales.report': metadataText('Report', '    <name>Sales</name>'),
    };
    expect(problemsOf(await metadata.deploy(files))).to.deep.equal([]);
    const { 'package.xml': _manifest, ...rest } = files;
    const types = { ApexClass: ['*'], CustomLabels: ['CustomLabels'], LightningComponentBundle: ['pier'] };
    const found = await metadata.retrieve({ ...types, Report: ['Harbour/Sales'], CustomLabel: ['Ahoy'] });
    for (const [path, content] of Object.entries(rest)) expect(found[`unpackaged/${path}`], path).to.equal(content);
    const listed = await metadata.connection.metadata.list([{ type: 'CustomLabel' }, { type: 'ApexClass' }]);
    expect([listed].flat().map(({ fullName }) => fullName)).to.deep.equal(['Ahoy', 'Pier']);
  });

  it('are refused if their names or their files are not those of an org', async () => {
    const files = {
      'package.xml': packageXml({
        DecisionTable: ['Open', 'Other'],
        Layout: ['Account-Main', 'Account-Text'],
        PermissionSet: ['Größe'],
        ApexClass: ['Pier'],
      }),
      'decisionTables/Open.decisionTable': '<DecisionTable>',
      'decisionTables/Other.decisionTable': '<Table/>',
      'layouts/Account-Main.layout': `<Layout>${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}</Layout>`,
      'layouts/Account-Text.layout': 'Text',
      'permissionsets/Größe.permissionset': metadataText('PermissionSet', '<label>G</label>'),
      'classes/Pier.cls': 'public class Pier {}',
      'classes/Pier.cls-meta.xml': '<ApexClass',
    };
    expect(
      problemsOf(await metadata.deploy(files))
        .map((problem) => problem.slice(0, 60))
        .sort(),
    ).to.deep.equal([
      'Account-Main: The file is not a metadata file (Maximum neste',
      "Account-Text: The file is not valid XML at line 1 (char 'T' ",
      'Größe: The Permission Set API Name can only contain undersco',
      "Open: The file is not valid XML at line 1 (Unclosed tag 'Dec",
      'Other: The file has <Table>, not <DecisionTable>',
      "Pier: The file is not valid XML at line 1 (Unclosed tag 'Ape",
    ]);
  });

  it('lose permissions for fields and objects that are deleted', async () => {
    const part = (kind: string, name: string, of: string): string =>
      `    <${kind}Permissions>\n        <${kind}>${name}</${kind}>\n        <${of}>true</${of}>\n    </${kind}Permissions>`;
    const both = [part('field', 'Account.Berth__c', 'readable'), '    <label>Clerk</label>'];
    const types = { CustomField: ['Account.Berth__c'], CustomObject: ['Dock__c'] };
    await metadata.deploy({
      'package.xml': packageXml({ ...types, PermissionSet: ['Clerk'] }),
      'objects/Account.object': metadataText('CustomObject', textField('Berth__c')),
      'objects/Dock__c.object': metadataText(
        'CustomObject',
        '<label>D</label><pluralLabel>D</pluralLabel><nameField><type>Text</type></nameField>',
      ),
      'permissionsets/Clerk.permissionset': metadataText(
        'PermissionSet',
        [...both, part('object', 'Dock__c', 'allowRead'), part('object', 'Account', 'allowRead')].join('\n'),
      ),
    });
    const deletion = { 'package.xml': packageXml({}), 'destructiveChanges.xml': packageXml(types) };
    expect(problemsOf(await metadata.deploy(deletion))).to.deep.equal([]);
    const path = 'unpackaged/permissionsets/Clerk.permissionset';
    const { [path]: kept = '' } = await metadata.retrieve({ PermissionSet: ['Clerk'] });
    expect(kept)
      .to.contain('<object>Account</object>')
      .and.not.to.match(/Berth|Dock/);
    const again = { 'package.xml': packageXml({ PermissionSet: ['Clerk'] }) };
    expect(problemsOf(await metadata.deploy({ ...again, 'permissionsets/Clerk.permissionset': kept }))).to.deep.equal(
      [],
    );
  });

  it('have the types that Salesforce has', async () => {
    const { metadataObjects } = await metadata.connection.metadata.describe();
    const find = (xmlName: string) => metadataObjects.find((each) => each.xmlName === xmlName);
    expect(find('LoyaltyProgramSetup')).to.include({ directoryName: 'loyaltyProgramSetups', inFolder: false });
    expect(find('CustomObject')?.childXmlNames).to.include('CustomField');
    expect(find('ApexClass')).to.include({ suffix: 'cls', metaFile: true });
  });

  it('count as calls of the day, except the question for a deploy', async () => {
    const { usage } = org;
    const before = usage.used;
    await metadata.deploy({ 'package.xml': packageXml({}) });
    expect(usage.used - before).to.equal(1);
    const { max } = usage;
    usage.max = usage.used;
    const error = await metadata.connection.metadata.describe().catch((thrown: unknown) => thrown);
    usage.max = max;
    expect(error).to.have.property('message').that.contains('REQUEST_LIMIT_EXCEEDED');
  });

  it('are refused without a session, in a fault that clients know', async () => {
    const other = new MetadataClient({ url: org.url, accessToken: 'no token' });
    const error = await other.connection.metadata.describe().catch((thrown: unknown) => thrown);
    expect(error).to.have.property('message').that.contains('INVALID_SESSION_ID');
    const client = new RestClient(org);
    const { status, body } = await client.post('/services/Soap/m/66.0', '<nothing/>');
    expect(status).to.equal(500);
    expect(body).to.contain('<faultcode>sf:INVALID_SESSION_ID</faultcode>');
  });
});
