import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { FaultPlan, FaultPlanError, readFaultPlan } from '../../../src/emulator/index.js';
import type { FaultRuleInput } from '../../../src/emulator/index.js';
import { programName } from '../loyalty/exampleProgram.js';
import { FaultyOrg, realtime } from './faultyOrg.js';

const quota = '403 REQUEST_LIMIT_EXCEEDED';

/** `x` for a request that a rule struck, `.` for one that it let pass. */
async function fates(org: FaultyOrg, requests: number): Promise<string> {
  let fates = '';
  for (let index = 0; index < requests; index++) fates += (await org.send(`${index}`)) === '200' ? '.' : 'x';
  return fates;
}

describe('A fault plan', () => {
  let org: FaultyOrg;

  beforeEach(async () => {
    org = await FaultyOrg.start();
  });

  afterEach(() => org[Symbol.asyncDispose]());

  it('strikes the next 3', async () => {
    org.plan({ fault: 'quota', count: 3 });
    expect(await fates(org, 6)).to.equal('xxx...');
    expect(org.emulator.faults.rules[0]).to.include({ met: 3, struck: 3 });
    expect(org.emulator.faults.isQuiet).to.equal(true);
  });

  it('is what the page of the local org says it is', async () => {
    const page = await readFile(join(import.meta.dirname, '../../../docs/emulator.md'), 'utf8');
    const plans = [...page.matchAll(/```json\n(\{\n {2}"rules"[^]*?)```/g)].map(([, json = '']) => json);
    expect(plans).to.have.length(1);
    const { rules } = FaultPlan.parse(JSON.parse(plans[0] ?? ''));
    org.emulator.faults.replace({ rules: rules.map((rule) => ({ ...rule, rate: 1 })) });
    expect(await org.send('1')).to.equal('400 UNABLE_TO_LOCK_ROW');
  });

  it('lets the first ones pass', async () => {
    org.plan({ fault: 'quota', skip: 2, count: 2 });
    expect(await fates(org, 6)).to.equal('..xx..');
  });

  it('strikes a share of the requests, the same ones for the same seed', async () => {
    const plan = (seed: number) => ({
      seed,
      rules: [{ fault: 'quota', rate: 0.3, match: { path: realtime } }] as const,
    });
    const runs: string[] = [];
    for (const seed of [7, 7, 8]) {
      org.emulator.faults.replace({ ...plan(seed), rules: [...plan(seed).rules] });
      runs.push(await fates(org, 60));
    }
    const [first, again, other] = runs;
    expect(first).to.equal(again);
    expect(first).to.not.equal(other);
    expect(first?.replaceAll('.', '').length).to.be.within(8, 30);
  });

  it('has separate random numbers for each rule, so a new rule does not change earlier ones', async () => {
    const rule: FaultRuleInput = { fault: 'quota', rate: 0.5, match: { path: realtime } };
    org.emulator.faults.replace({ seed: 3, rules: [rule] });
    const alone = await fates(org, 20);
    org.emulator.faults.replace({ seed: 3, rules: [rule, { ...rule, rate: 0.000_001 }] });
    expect(await fates(org, 20)).to.equal(alone);
  });

  it('applies the first rule that strikes', async () => {
    org.plan({ fault: 'quota', count: 1 }, { fault: 'error', status: 400, errorCode: 'NO', message: '', count: 2 });
    expect([await org.send('a'), await org.send('b'), await org.send('c'), await org.send('d')]).to.deep.equal([
      quota,
      '400 NO',
      '400 NO',
      '200',
    ]);
  });

  const matching: [string, FaultRuleInput['match'], boolean][] = [
    ['any API call', undefined, true],
    ['a path with names', { path: '/services/data/:version/connect/realtime/loyalty/programs/:program' }, true],
    ['a path below the version', { path: realtime }, true],
    ['a path in another case, with any rest', { path: '/Connect/Realtime/*' }, true],
    ['a path that is shorter', { path: '/connect/realtime' }, false],
    ['another path', { path: '/query' }, false],
    ['a path by pattern', { pathPattern: 'programs/Harbour%20\\w+$' }, true],
    ['another pattern', { pathPattern: '^/connect' }, false],
    ['the method', { method: 'POST' }, true],
    ['one of the methods', { method: ['PATCH', 'POST'] }, true],
    ['another method', { method: 'GET' }, false],
    ['a text of the body', { bodyContains: '"MembershipNumber":"M-1"' }, true],
    ['another text', { bodyContains: 'M-2' }, false],
    ['a pattern in the body', { bodyPattern: '"TransactionAmount":\\s*\\d+' }, true],
    ['only some of it', { method: 'POST', bodyContains: 'M-2' }, false],
  ];
  for (const [what, match, fits] of matching) {
    it(`${fits ? 'matches' : 'does not match'} a request by ${what}`, async () => {
      org.emulator.faults.add({ fault: 'quota', ...(match && { match }) });
      expect(await org.send('a')).to.equal(fits ? quota : '200');
    });
  }

  it('leaves logins alone unless a rule matches them', async () => {
    const login = (): Promise<Response> =>
      fetch(`${org.emulator.url}/services/oauth2/token`, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'a', client_secret: 'b' }),
      });
    org.emulator.faults.add({ fault: 'html' });
    expect((await login()).status).to.equal(200);
    org.emulator.faults.add({ fault: 'html', match: { path: '/services/oauth2/token' } });
    expect((await login()).status).to.equal(503);
  });

  it('ends when it is cleared', async () => {
    org.plan({ fault: 'quota' });
    org.emulator.faults.clear();
    expect(await org.send('a')).to.equal('200');
    expect(org.emulator.faults.rules).to.deep.equal([]);
  });

  it('works the same from code as from the start options', async () => {
    await using other = await FaultyOrg.start({ faults: { rules: [{ fault: 'html', match: { path: realtime } }] } });
    expect(await other.send('a')).to.equal('503 text/html');
  });

  it('also strikes reads', async () => {
    org.emulator.faults.add({ fault: 'truncated', match: { path: '/query' } });
    const asked = org.client.programs.find(programName);
    expect(await asked.catch((error: unknown) => (error as { kind?: string }).kind)).to.equal('unreadable');
  });
});

describe('A fault plan as a flag', () => {
  it('is JSON text, or a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'faults-'));
    try {
      const text = '{ "seed": 7, "rules": [{ "fault": "silence", "rate": 0.1 }] }';
      await writeFile(join(folder, 'plan.json'), text);
      const plan = { seed: 7, rules: [{ fault: 'silence', rate: 0.1, connection: 'close' }] };
      expect(await readFaultPlan(` ${text}`)).to.deep.equal(plan);
      expect(await readFaultPlan(join(folder, 'plan.json'))).to.deep.equal(plan);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  for (const [what, text, says] of [
    ['a file that does not exist', '/nowhere/plan.json', /\/nowhere\/plan\.json/],
    ['broken JSON', '{ "rules": [', /The fault plan/],
    [
      'brackets without end',
      '['.repeat(1_000_000),
      /The fault plan line 1, column 101: has maps and lists nested more than 100 deep/,
    ],
    [
      'a name twice',
      '{ "seed": 1,\n "seed": 2 }',
      /The fault plan line 2, column 2: has the name `seed` a second time/,
    ],
    ['a name that would be lost', '{ "__proto__": 1 }', /The fault plan line 1, column 3: has the name `__proto__`/],
    ['an unknown fault', '{ "rules": [{ "fault": "flood" }] }', /rules\[0\]/],
    ['a rate above 1', '{ "rules": [{ "fault": "reset", "rate": 10 }] }', /rules\[0\]\.rate/],
    ['a misspelt key', '{ "rules": [{ "fault": "reset", "ratio": 0.1 }] }', /ratio/],
    ['a broken pattern', '{ "rules": [{ "fault": "reset", "match": { "pathPattern": "(" } }] }', /pathPattern/],
    ['a seed that is not a whole number', '{ "seed": 0.5 }', /seed/],
  ] as const) {
    it(`tells what is wrong with ${what}`, async () => {
      const error = await readFaultPlan(text).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(FaultPlanError);
      expect((error as Error).message).to.match(says);
    });
  }

  it('can be described to an editor', () => {
    expect(z.toJSONSchema(FaultPlan, { io: 'input' })).to.have.nested.property('properties.rules.items.oneOf');
  });
});
