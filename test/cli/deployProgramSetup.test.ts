import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthInfo, Connection } from '@salesforce/core';
import { expect } from 'chai';
import JSZip from 'jszip';
import { deployProgramSetup } from '../../src/cli/deployProgramSetup.js';
import { Emulator } from '../../src/emulator/index.js';
import { applyPlan, hasDrift, planProgram, ProgramDefinition } from '../../src/program/index.js';
import { json, Loopback } from '../client/loopback.js';
import { clientOf } from '../program/localOrg.js';
import { wholeDefinition } from '../program/wholeDefinition.js';

const definition = ProgramDefinition.parse(wholeDefinition);
const program = 'Whole Rewards';
const id = '0Af000000000001AAA';

describe('deployProgramSetup', () => {
  it('deploys one file with all processes of the program, all or none', async () => {
    await using org = await openOrg();
    await deployProgramSetup(await connectionTo(org), { program, definition }, { pause: 0.01, patience: 10 });
    const [deploy, check] = soapIn(org);
    expect(deploy).to.contain('<rollbackOnError>true</rollbackOnError>').and.to.contain('<singlePackage>true<');
    expect(check).to.contain(id);
    const files = await filesIn(deploy ?? '');
    expect(Object.keys(files).sort()).to.deep.equal([
      'zip/loyaltyProgramSetups/Whole_Rewards.loyaltyProgramSetup',
      'zip/package.xml',
    ]);
    expect(files['zip/package.xml']).to.equal(`<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">
    <types>
        <members>Whole_Rewards</members>
        <name>LoyaltyProgramSetup</name>
    </types>
    <version>66.0</version>
</Package>
`);
    const setup = files['zip/loyaltyProgramSetups/Whole_Rewards.loyaltyProgramSetup'];
    expect(setup).to.contain('    <label>Whole Rewards</label>\n');
    expect(setup).to.contain(`    <programProcesses>
        <description>Moves members.</description>
        <executionType>RealTime</executionType>
        <loyaltyTierGroup>Status</loyaltyTierGroup>
        <processName>Status of members</processName>
        <processType>TierProcessing</processType>
        <status>Active</status>
    </programProcesses>
`);
  });

  it('brings the processes into a local org as into a real one, and nothing is left to do', async () => {
    await using org = await Emulator.start();
    const client = await clientOf(org);
    const plan = await planProgram(client, definition, { processes: 'deploy' });
    const connection = await connectionTo(org);
    const deployProcesses = () =>
      deployProgramSetup(connection, { program, definition }, { pause: 0.01, patience: 10 });
    await applyPlan(client, plan, { deployProcesses });
    expect(org.store.first('LoyaltyProgramProcess', { Name: 'Status of members' })).to.include({
      ...{ Status: 'Active', ProcessType: 'TierProcessing', Description: 'Moves members.' },
    });
    expect(hasDrift(await planProgram(client, definition, { processes: 'deploy' }))).to.equal(false);
  });

  it('deploys the file with the rules as it is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loyalty-rules-'));
    try {
      await using org = await openOrg();
      const rulesFile = join(folder, 'rules.xml');
      await writeFile(rulesFile, '<LoyaltyProgramSetup>its rules</LoyaltyProgramSetup>\n');
      const setup = { program, definition, rulesFile };
      await deployProgramSetup(await connectionTo(org), setup, { pause: 0.01, patience: 10 });
      const files = await filesIn(soapIn(org)[0] ?? '');
      expect(files['zip/loyaltyProgramSetups/Whole_Rewards.loyaltyProgramSetup']).to.equal(
        '<LoyaltyProgramSetup>its rules</LoyaltyProgramSetup>\n',
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('says why the org refused it, and where', async () => {
    await using org = await openOrg(
      '<success>false</success><status>Failed</status><details><componentFailures><lineNumber>12</lineNumber>' +
        '<problem>No decision table Stars.</problem><problemType>Error</problemType></componentFailures></details>',
    );
    const deployed = deployProgramSetup(
      await connectionTo(org),
      { program, definition },
      { pause: 0.01, patience: 10 },
    );
    const error = await deployed.then(
      () => undefined,
      (thrown: unknown) => thrown as Error & { exitCode: number; actions: string[] },
    );
    expect(error?.message).to.equal('The org refused the processes: line 12: No decision table Stars.');
    expect(error).to.include({ exitCode: 68 });
    expect(error?.actions.join()).to.contain(id).and.to.contain('--processes skip');
  });
});

/** An org whose deploys end as told. */
function openOrg(end = '<success>true</success><status>Succeeded</status>'): Promise<Loopback> {
  return Loopback.start((response, { url, body }) => {
    if (!url.includes('/Soap/')) {
      json(response, 200, [{ label: 'Spring', url: '/services/data/v66.0', version: '66.0' }]);
      return;
    }
    const isCheck = body.includes('checkDeployStatus');
    const result = isCheck
      ? `<checkDeployStatusResponse><result><id>${id}</id><done>true</done>${end}</result></checkDeployStatusResponse>`
      : `<deployResponse><result><id>${id}</id><done>false</done><state>Queued</state></result></deployResponse>`;
    const envelope = `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="http://soap.sforce.com/2006/04/metadata"><soapenv:Body>${result}</soapenv:Body></soapenv:Envelope>`;
    response.writeHead(200, { 'content-type': 'text/xml' }).end(envelope);
  });
}

function soapIn({ requests }: Loopback): string[] {
  return requests.filter(({ url }) => url.includes('/Soap/')).map(({ body }) => body);
}

async function connectionTo({ url }: Pick<Loopback, 'url'>): Promise<Connection> {
  const accessToken = '00D000000000001!AQEAQ.token';
  const accessTokenOptions = { accessToken, instanceUrl: url, loginUrl: url };
  const authInfo = await AuthInfo.create({ username: accessToken, accessTokenOptions });
  return Connection.create({ authInfo, connectionOptions: { version: '66.0', instanceUrl: url, accessToken } });
}

async function filesIn(request: string): Promise<Record<string, string>> {
  const encoded = /<ZipFile>([^<]*)</.exec(request)?.[1] ?? '';
  const zip = await JSZip.loadAsync(encoded, { base64: true });
  const files = Object.values(zip.files).filter(({ dir }) => !dir);
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file.name, await file.async('string')] as const)),
  );
}
