import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Emulator } from '../../src/emulator/index.js';
import { metadataText } from '../emulator/metadata/metadataClient.js';
import { ExampleOrg, programName, purchase } from '../emulator/loyalty/exampleProgram.js';
import { programSetupXml } from '../emulator/loyalty/rules/programSource.js';
import { SalesforceCli } from './salesforceCli.js';
import type { SfAnswer } from './salesforceCli.js';

const source = 'force-app/main/default';
const field = `${source}/objects/TransactionJournal/fields/Brand__c.field-meta.xml`;
const permissionSet = `${source}/permissionsets/Clerk.permissionset-meta.xml`;
const setup = `${source}/loyaltyProgramSetups/Harbour_Rewards.loyaltyProgramSetup-meta.xml`;
const deletion = ['--metadata', 'CustomField:TransactionJournal.Brand__c', '--no-prompt'];

const credit = {
  type: 'CreditPoints',
  parameters: {
    ProgramCurrencyName: '"Stars"',
    PointsToCredit: 'IF({!TransactionJournal.Brand__c} = "Pier", 5, 1)',
  },
};

const project: Readonly<Record<string, string>> = {
  'sfdx-project.json': JSON.stringify({
    packageDirectories: [{ path: 'force-app', default: true }],
    sourceApiVersion: '66.0',
  }),
  [field]: metadataText(
    'CustomField',
    `    <fullName>Brand__c</fullName>
    <label>Brand</label>
    <length>40</length>
    <type>Text</type>`,
  ),
  [permissionSet]: metadataText(
    'PermissionSet',
    `    <fieldPermissions>
        <editable>true</editable>
        <field>TransactionJournal.Brand__c</field>
        <readable>true</readable>
    </fieldPermissions>
    <label>Clerk</label>`,
  ),
  [setup]: programSetupXml(programName, [{ name: 'Purchases', actions: [credit] }]),
};

/** A team's metadata on its way into an org and back, by the CLI itself. */
describe('The metadata commands of the real sf CLI', () => {
  let org: ExampleOrg;
  let sf: SalesforceCli;

  before(async () => {
    org = await ExampleOrg.start({ strictAuth: true });
    await org.withMembers('WX-1');
    sf = await SalesforceCli.create();
    for (const [path, content] of Object.entries(project)) await sf.file(path, content);
    await login(sf, org.emulator);
  });

  after(async () => {
    await sf[Symbol.asyncDispose]();
    await org[Symbol.asyncDispose]();
  });

  async function login(cli: SalesforceCli, { url, accessToken }: Emulator): Promise<void> {
    const args = ['--instance-url', url, '--no-prompt', '--alias', 'local'];
    const { status, message } = await cli.run('org login access-token', args, { SF_ACCESS_TOKEN: accessToken });
    expect(status, message).to.equal(0);
  }

  async function run(words: string, args: readonly string[] = []): Promise<SfAnswer['result']> {
    const { status, result, message } = await sf.run(words, [...args, '--target-org', 'local']);
    expect(status, message ?? JSON.stringify(result)).to.equal(0);
    return result;
  }

  const namesOf = (files: readonly { fullName: string; state: string }[]): string[] =>
    files.map(({ fullName, state }) => `${state} ${fullName}`).sort();

  it('validate and deploy a field, a permission set and a program, whose rules then run', async () => {
    const all = ['--source-dir', 'force-app'];
    expect((await run('project deploy validate', all)).status).to.equal('Succeeded');
    const { files } = await run('project deploy start', all);
    expect(namesOf(files)).to.deep.equal([
      'Created Clerk',
      'Created Harbour_Rewards',
      'Created TransactionJournal.Brand__c',
    ]);
    await org.execute([{ ...purchase('WX-1', 10), Brand__c: 'Pier' }]);
    expect((await org.balances('WX-1'))['Stars']).to.equal(5);
  });

  it('assign the permission set', async () => {
    expect((await run('org assign permset', ['--name', 'Clerk'])).failures).to.deep.equal([]);
  });

  it('report, list and retrieve what was deployed', async () => {
    const { id } = await run('project deploy start', ['--source-dir', 'force-app', '--async']);
    expect((await run('project deploy report', ['--job-id', id])).status).to.equal('Succeeded');
    const listed = await run('org list metadata', ['--metadata-type', 'CustomField']);
    expect(listed.map(({ fullName }: { fullName: string }) => fullName)).to.deep.equal(['TransactionJournal.Brand__c']);
    const { metadataObjects } = await run('org list metadata-types');
    expect(metadataObjects.map(({ xmlName }: { xmlName: string }) => xmlName)).to.include('LoyaltyProgramSetup');
    for (const path of [field, permissionSet, setup]) await sf.file(path, metadataText('Nothing', ''));
    const types = ['CustomField:TransactionJournal.Brand__c', 'PermissionSet:Clerk', 'LoyaltyProgramSetup'];
    await run('project retrieve start', ['--metadata', ...types]);
    for (const path of [field, permissionSet, setup]) {
      expect(await readFile(`${sf.folder}/${path}`, 'utf8'), path).to.equal(project[path]);
    }
  });

  it('say what is wrong, with its place', async () => {
    await sf.file(field, (project[field] ?? '').replace('40', '4000'));
    const refused = await sf.run('project deploy start', ['--source-dir', field, '--target-org', 'local']);
    expect(refused.status).to.equal(1);
    expect(JSON.stringify(refused)).to.contain('<length> must be a whole number from 1 to 255, not');
    await sf.file(field, project[field] ?? '');
  });

  it('keep a field that rules use, and say which rules', async () => {
    const refused = await sf.run('project delete source', [...deletion, '--target-org', 'local']);
    expect(refused.status).to.equal(1);
    expect(refused.result.deletedSource[0].error).to.match(/^The rules of Harbour_Rewards .* "Brand__c"$/);
    expect(await readFile(`${sf.folder}/${field}`, 'utf8')).to.equal(project[field]);
  });

  it('delete a field, here and there, once no rule uses it', async () => {
    await sf.file(setup, programSetupXml(programName, []));
    await run('project deploy start', ['--source-dir', setup]);
    const { deletedSource } = await run('project delete source', deletion);
    expect(deletedSource.map(({ fullName }: { fullName: string }) => fullName)).to.deep.equal([
      'TransactionJournal.Brand__c',
    ]);
    expect(existsSync(`${sf.folder}/${field}`)).to.equal(false);
    const query = ['--query', 'SELECT Brand__c FROM TransactionJournal LIMIT 1', '--target-org', 'local'];
    expect((await sf.run('data query', query)).message).to.contain("No such column 'Brand__c'");
  });
});
