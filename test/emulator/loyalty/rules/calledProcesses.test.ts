import { expect } from 'chai';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExampleOrg, purchase } from '../exampleProgram.js';

const parameter = (name: string, type: string, more = ''): string =>
  `<parameters><parameterName>${name}</parameterName><parameterType>Variable</parameterType><dataType>${type}</dataType>${more}</parameters>`;
const input = '<isInput>true</isInput>';
const output = '<isOutput>true</isOutput>';
const given = (name: string, value: string): string =>
  `<actionParameters><parameterName>${name}</parameterName><value>${value}</value></actionParameters>`;
const action = (name: string, type: string, inner: string): string =>
  `<actions><actionName>${name}</actionName><actionType>${type}</actionType>${inner}</actions>`;

/** Credits what it is given twice, and answers what the member then has. */
const credits = `<programProcesses><processName>Double Credit</processName><processType>CreditPointsToMembers</processType>
<status>Active</status>
${parameter('PointsToCredit', 'Numeric', `<decimalPlaces>0</decimalPlaces>${input}`)}${parameter('Since', 'Date', input + output)}
${parameter('Balance', 'Numeric', output)}
<rules><ruleName>Credit</ruleName><status>Active</status>
${action('Credit', 'CreditPoints', given('ProgramCurrencyName', '"Stars"') + given('PointsToCredit', '{!PointsToCredit} * 2'))}
${action('Look', 'GetMemberPointBalance', given('ProgramCurrencyName', '"Stars"') + given('PointsBalance', 'Balance'))}
<stepMappings><associatedStep>Credit</associatedStep><sequence>1</sequence></stepMappings>
<stepMappings><associatedStep>Look</associatedStep><sequence>2</sequence></stepMappings></rules></programProcesses>`;

/** Without rules, a process does what its template does. */
const template = `<programProcesses><processName>Template</processName><processType>CreditPointsToMembers</processType>
<status>Active</status></programProcesses>`;

describe('processes of loaded rules that are called by their names', () => {
  let org: ExampleOrg;
  const journal = { ActivityDate: '2026-03-01T10:00:00Z', JournalTypeName: 'Accrual', MembershipNumber: 'WX-1' };

  before(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loyalty-called-'));
    try {
      await mkdir(join(folder, 'loyaltyProgramSetups'));
      const xml = `<LoyaltyProgramSetup><label>Harbour Rewards</label>${credits}${template}</LoyaltyProgramSetup>`;
      await writeFile(join(folder, 'loyaltyProgramSetups/Harbour.loyaltyProgramSetup-meta.xml'), xml);
      org = await ExampleOrg.start({ source: folder });
    } finally {
      await rm(folder, { recursive: true });
    }
    for (const Name of ['Double Credit', 'Template']) org.addProcess('CreditPointsToMembers', { Name });
    await org.withMembers('WX-1');
  });

  after(() => org[Symbol.asyncDispose]());

  it('run their rules with the inputs, and answer their outputs', async () => {
    const called = { pointstocredit: '7', Since: '2026-03-01', TransactionJournal: journal, Unknown: true };
    const { status, body } = await org.process('double credit', called);
    expect([status, body.status, body.message]).to.deep.equal([200, true, null]);
    expect(body.outputParameters.outputParameters.results).to.deep.equal([{ Balance: 14, Since: '2026-03-01' }]);
    expect((await org.balances('WX-1'))['Stars']).to.equal(14);
    expect(await org.count('LoyaltyLedger', 'WHERE Points = 14 AND TransactionJournalId != null')).to.equal(1);
  });

  it('are custom actions, described by their parameters', async () => {
    const path = '/actions/custom/runProgramProcess/Harbour_Rewards_SLI_Double_Credit';
    const described = (await org.api.get(path)).body;
    const names = (all: { name: string; type: string }[]) => all.map(({ name, type }) => `${name} ${type}`);
    expect(names(described.inputs)).to.deep.equal(['PointsToCredit DOUBLE', 'Since STRING']);
    expect(names(described.outputs)).to.deep.equal(['Balance DOUBLE', 'Since STRING']);
    const { body } = await org.api.post(path, { inputs: [{ PointsToCredit: 1, TransactionJournal: journal }] });
    expect(body[0].outputValues).to.deep.equal({ Balance: 16, Since: null });
  });

  for (const [what, inputs, reason] of [
    [
      'points without a journal',
      { MembershipNumber: 'WX-1' },
      'Credit: the process was called without a TransactionJournal.',
    ],
    ['no member', {}, 'Credit: the process was called without a member.'],
    [
      'a member who does not exist',
      { MembershipNumber: 'WX-9' },
      'No member of Harbour Rewards has the membership number WX-9.',
    ],
    [
      'an input of another type',
      { PointsToCredit: 'many', TransactionJournal: journal },
      'PointsToCredit is of the type Numeric and cannot be "many".',
    ],
  ] as const)
    it(`fail with ${what}, and store nothing`, async () => {
      const before = [await org.balances('WX-1'), await org.count('TransactionJournal')];
      const { status, body } = await org.process('Double Credit', { PointsToCredit: 1, ...inputs });
      expect([status, body.status, body.message]).to.deep.equal([200, false, reason]);
      expect([await org.balances('WX-1'), await org.count('TransactionJournal')]).to.deep.equal(before);
    });

  it('do what their template does if they have no rules', async () => {
    const { body } = await org.process('Template', { PointsToCredit: 3, TransactionJournal: purchase('WX-1', 1) });
    expect(body.outputParameters.outputParameters.results).to.deep.equal([{ PointsCredited: 3 }]);
  });
});
