import { expect } from 'chai';
import { Connection } from '@jsforce/jsforce-node';
import { LoyaltyClient } from '../../src/client/index.js';
import { Emulator } from '../../src/emulator/index.js';
import { allProbes, callsOf, verifyFidelity } from '../../src/verify/index.js';
import type { Probe, VerifyReport } from '../../src/verify/index.js';

const made = [
  'LoyaltyProgram',
  'LoyaltyProgramMember',
  'Account',
  'Contact',
  'Promotion',
  'JournalType',
  'LoyaltyTier',
];

describe('the probes', function () {
  this.timeout(60_000);

  let org: Emulator;
  beforeEach(async () => {
    org = await Emulator.start();
  });
  afterEach(() => org.stop());

  const named = (...ids: string[]): Probe[] => allProbes.filter(({ id }) => ids.includes(id));
  const calls = (): number => Object.values(org.requests.toObject()).reduce((sum, count) => sum + count, 0);
  const records = (): number => made.reduce((sum, object) => sum + org.store.find(object, {}).length, 0);

  async function ask(probes: readonly Probe[], more: Partial<Parameters<typeof verifyFidelity>[0]> = {}) {
    const connection = new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: '66.0' });
    const client = new LoyaltyClient(connection);
    const signal = new AbortController().signal;
    return verifyFidelity({ connection, client, probes, programName: 'Probe', stamp: 'a1', signal, ...more });
  }

  const deviating = ({ findings }: VerifyReport): unknown[] =>
    findings.filter(({ finding }) => finding.status !== 'held').map(({ probe, finding }) => [probe.id, finding]);

  it('all hold in the local org, use no more calls than they declare, and leave only journals', async () => {
    const before = records();
    let used = Number.NaN;
    const tooMany: string[] = [];
    const report = await ask(allProbes, {
      onFinding: ({ id, calls: most }) => {
        if (calls() - used > most) tooMany.push(`${id}: ${calls() - used}`);
        used = calls();
      },
    });
    expect(deviating(report)).to.deep.equal([]);
    expect(report.findings).to.have.length(allProbes.length);
    expect(report.stopped).to.equal(undefined);
    expect(tooMany).to.deep.equal([]);
    expect(calls()).to.be.at.most(callsOf(allProbes));
    expect(records()).to.equal(before);
    expect(new Set(report.left.map(({ object }) => object))).to.deep.equal(new Set(['TransactionJournal']));
  });

  it('write nothing if they need nothing', async () => {
    const report = await ask(allProbes.filter(({ needs }) => needs.length === 0));
    expect(deviating(report)).to.deep.equal([]);
    expect(report.findings.length).to.be.greaterThan(30);
    expect(org.store.find('LoyaltyProgram', {})).to.deep.equal([]);
  });

  it('report what an org does differently, and which codes it returns', async () => {
    const rules = [{ fault: 'partial', first: 1, match: { path: '/connect/realtime/*' } }] as const;
    org.faults.replace({ rules: [...rules] });
    const report = await ask(named('realtime-failure-stores-nothing'));
    const finding = report.findings[0]?.finding;
    expect(finding).to.have.property('status', 'differs');
    expect(finding)
      .to.have.property('seen')
      .to.match(/^\d journals are stored after/);
  });

  it('report as unclear what they cannot find out, and say why', async () => {
    const match = { method: 'POST', path: '/sobjects/LoyaltyProgramProcess' } as const;
    org.faults.replace({ rules: [{ fault: 'error', status: 403, errorCode: 'INSUFFICIENT_ACCESS', match }] });
    const report = await ask(named('credit-key-stored', 'processes-created-active', 'new-journal-visible'));
    const statuses = report.findings.map(({ probe, finding }) => [probe.id, finding.status]);
    expect(Object.fromEntries(statuses)).to.deep.equal({
      'credit-key-stored': 'unclear',
      'processes-created-active': 'differs',
      'new-journal-visible': 'held',
    });
    expect(JSON.stringify(report.findings)).to.contain('INSUFFICIENT_ACCESS');
  });

  it('never change an existing program', async () => {
    const before = records();
    const id = org.store.insert('LoyaltyProgram', { Name: 'PROBE', Status: 'Active' });
    const report = await ask(allProbes);
    expect(report).to.deep.include({ findings: [], left: [] });
    expect(report.stopped).to.have.property('name', 'ProbeNameTakenError');
    expect(org.store.get('LoyaltyProgram', id)).to.include({ Status: 'Active' });
    expect(records()).to.equal(before + 1);
  });

  it('end between two probes when they are interrupted, and clean up', async () => {
    const before = records();
    const controller = new AbortController();
    const report = await ask(allProbes, { signal: controller.signal, onFinding: () => controller.abort() });
    expect(report.findings).to.have.length(1);
    expect(records()).to.equal(before);
  });

  it('name all their records if the org is gone before they can be deleted', async () => {
    const report = await ask(named('new-journal-visible', 'member-companions'), {
      onFinding: () => org.expireSessions(),
    });
    expect(report.findings).to.have.length(1);
    expect(report.stopped).to.have.property('status', 401);
    expect(report.left.map(({ object }) => object)).to.include.members(['LoyaltyProgram', 'LoyaltyProgramMember']);
  });
});
