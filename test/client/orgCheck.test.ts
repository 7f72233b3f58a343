import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Connection } from '@jsforce/jsforce-node';
import { expect } from 'chai';
import { checkOrg, LoyaltyClient } from '../../src/client/index.js';
import type { OrgCheckOptions, OrgFinding } from '../../src/client/index.js';
import { processNeeds } from '../../src/client/orgCheck/processChecks.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import type { RelayHooks } from '../support/cliRelay.js';
import { failureOf } from './loopback.js';
import snapshot from '../../command-snapshot.json' with { type: 'json' };

const harbour = 'Harbour Rewards';

describe('a check of an org', function () {
  this.timeout(120_000);

  let shop: Shop;

  beforeEach(async () => {
    shop = await openShop({ members: 0 });
  });
  afterEach(() => shop[Symbol.asyncDispose]());

  /** Changes the only row of an object that has these values. */
  async function change(object: string, name: string, fields: Record<string, string | number | boolean | null>) {
    const [row] = await shop.client.query.all(`SELECT Id FROM ${object} WHERE Name = '${name}'`);
    await shop.client.sobjects.update(object, String(row?.['Id']), fields);
  }

  async function check(hooks: RelayHooks = {}, options: OrgCheckOptions = {}): Promise<OrgFinding[]> {
    await using relay = await Relay.open(shop.org, hooks);
    const connection = new Connection({ instanceUrl: relay.url, accessToken: relay.accessToken });
    return await checkOrg(new LoyaltyClient(connection), options);
  }

  const of = (findings: readonly OrgFinding[], key: string): OrgFinding | undefined =>
    findings.find((each) => each.key === key);

  it('finds nothing missing in an org that has what the commands need', async () => {
    const findings = await check();
    expect(findings.filter(({ status }) => status === 'missing')).to.deep.equal([]);
    expect(of(findings, 'currencies')).to.include({ status: 'good', program: harbour });
    expect(of(findings, 'process: credit points')?.message).to.include('"CreditPointsToMembers"');
  });

  it('names a process that is missing, has another name, or is not active, with what to do', async () => {
    await change('LoyaltyProgramProcess', 'CreditPointsToMembers', { Status: 'Draft' });
    await change('LoyaltyProgramProcess', 'GetMemberPromotions', { Name: 'Offers' });
    await change('LoyaltyProgramProcess', 'Accrual', { Status: 'Inactive' });
    await change('LoyaltyProgramProcess', 'Redemption', { Status: 'Inactive' });
    const findings = await check();
    const credit = of(findings, 'process: credit points');
    expect(credit?.status).to.equal('missing');
    expect(credit?.toDo).to.include('"CreditPointsToMembers" (Draft)');
    expect(of(findings, 'process: list promotions')).to.include({
      status: 'note',
      toDo: 'Name it with --process "Offers".',
    });
    expect(of(findings, 'process: sync start')?.message).to.include('journals move no points');
    expect(credit?.message).to.equal('credit points: no process of type CreditPointsToMembers is active.');
  });

  it('says that a process without an active rule does nothing', async () => {
    const [row] = await shop.client.query.all(
      "SELECT Id FROM LoyaltyProgramProcess WHERE Name = 'GetMemberPromotions'",
    );
    const LoyaltyProgramProcessId = String(row?.['Id']);
    const Name = 'Default';
    await shop.client.sobjects.create('LoyaltyProgramProcessRule', {
      Name,
      LoyaltyProgramProcessId,
      Status: 'Draft',
    });
    expect(of(await check(), 'process: list promotions')).to.include({ status: 'note' });
    await shop.client.sobjects.create('LoyaltyProgramProcessRule', {
      Name,
      LoyaltyProgramProcessId,
      Status: 'Active',
    });
    expect(of(await check(), 'process: list promotions')).to.include({ status: 'good' });
  });

  it('names currencies and tiers that lack something', async () => {
    await change('LoyaltyTier', 'Gold', { MinimumEligibleBalance: null });
    await change('LoyaltyProgramCurrency', 'Stars', { IsActive: false });
    await change('LoyaltyProgramCurrency', 'Tier Points', { IsActive: false });
    const findings = await check();
    expect(of(findings, 'currencies')?.status).to.equal('missing');
    expect(of(findings, 'tiers')?.message).to.include('Without a minimum balance: "Gold".');
  });

  it('names an org without an active program, and looks at an inactive one only if it is named', async () => {
    await change('LoyaltyProgram', harbour, { Status: 'Inactive' });
    const findings = await check();
    expect(of(findings, 'programs')).to.include({
      status: 'missing',
      message: `No program is active: "${harbour}" (Inactive).`,
    });
    expect(of(findings, 'currencies')).to.equal(undefined);
    await shop.client.sobjects.create('LoyaltyProgram', { Name: 'Open', Status: 'Active' });
    const named = await check({}, { program: harbour.toUpperCase() });
    expect(of(named, 'currencies')?.program).to.equal(harbour);
    expect(of(named, 'programs')).to.include({
      status: 'missing',
      message: `The program "${harbour}" is not active.`,
    });
    expect(await failureOf(check({}, { program: 'Nope' }))).to.include({ name: 'UnknownProgramError' });
  });

  it('goes on after each question that the org refuses, and says so', async () => {
    const refusal = { status: 403, errorCode: 'INSUFFICIENT_ACCESS', message: 'no' };
    const whole = (await check()).map(({ key }) => key);
    for (const [part, key] of [
      ['FROM Organization', 'org'],
      ['/limits', 'apiCalls'],
      ['/sobjects/Account/describe', 'personAccounts'],
      ['FROM LoyaltyTier ', 'tiers'],
    ] as const) {
      const findings = await check({ before: ({ url }) => decodeURIComponent(url).includes(part) && refusal });
      expect(of(findings, key), part).to.deep.include({
        status: 'note',
        error: { code: refusal.errorCode, message: 'no' },
      });
      expect(findings.map((each) => each.key)).to.deep.equal(whole);
    }
  });

  it('says that nothing works if the org does not tell its programs', async () => {
    const refusal = { status: 400, errorCode: 'INVALID_TYPE', message: 'not supported' };
    const findings = await check({
      before: ({ url }) => decodeURIComponent(url).includes('FROM LoyaltyProgram ') && refusal,
    });
    expect(of(findings, 'programs')?.status).to.equal('missing');
  });

  it('ends if the session has ended', async () => {
    const ended = { status: 401, errorCode: 'INVALID_SESSION_ID' };
    expect(await failureOf(check({ before: ({ url }) => url.includes('/limits') && ended }))).to.include({
      status: 401,
    });
  });

  it('names clocks that differ, calls that run out, and versions that do not fit', async () => {
    const calls = { DailyApiRequests: { Max: 1000, Remaining: 12 } };
    const findings = await check(
      { changed: (text, { url }) => (url.endsWith('/limits') ? JSON.stringify(calls) : text) },
      { now: () => Date.now() + 300_000 },
    );
    expect(of(findings, 'apiCalls')).to.include({
      status: 'note',
      message: '12 of 1,000 API calls are left for 24 hours.',
    });
    expect(of(findings, 'clock')?.message).to.equal('The clock of this machine is 5 minutes ahead of that of the org.');
    const none = await check({
      changed: (text, { url }) =>
        url.endsWith('/limits') ? JSON.stringify({ DailyApiRequests: { Max: 9, Remaining: 0 } }) : text,
    });
    expect(of(none, 'apiCalls')?.status).to.equal('missing');
    const old = await check({
      changed: (text, { url }) => (url === '/services/data' ? '[{"version":"55.0"},{"version":"60.0"}]' : text),
    });
    expect(of(old, 'apiVersion')).to.include({ status: 'missing' });
    expect(of(old, 'apiVersion')?.toDo).to.include('--api-version 60.0');
  });

  it('knows the process of every command that calls one', async () => {
    const callers = snapshot.filter(({ flags }) => flags.includes('process'));
    for (const { command } of callers) {
      const words = command.replace('loyalty:', '').split(':');
      const source = await readFile(
        join(import.meta.dirname, `../../src/commands/loyalty/${words.join('/')}.ts`),
        'utf8',
      );
      const [, name] = /\n {4}process: [\s\S]*? default: '(\w+)'/.exec(source) ?? [];
      if (name === undefined) continue;
      const need = processNeeds.find((each) => each.command === words.join(' '));
      expect(need?.name, `processNeeds of ${words.join(' ')}`).to.equal(name);
    }
    expect(callers.length).to.be.at.least(processNeeds.length);
  });
});
