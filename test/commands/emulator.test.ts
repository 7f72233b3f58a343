import { expect } from 'chai';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { EmulatorSaveResult, EmulatorStartResult, EmulatorStopResult } from '../../src/cli/results/emulatorResults.js';
import { EnrollMemberResult } from '../../src/cli/results/memberResults.js';
import { ListProgressResult } from '../../src/cli/results/progressResults.js';
import { LoyaltyClient } from '../../src/client/index.js';
import { stopEmulator } from '../../src/emulator/index.js';
import { createProgram, harbourRewards } from '../../src/program/index.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Running } from '../support/cli.js';
import { OutsideFolder } from '../rules/outside/outsideFolder.js';

describe('loyalty emulator', function () {
  this.timeout(60_000);

  let cli: Cli;
  /** Local orgs that outlive the process that started them. */
  let detached: EmulatorStartResult[];

  beforeEach(async () => {
    cli = await Cli.create();
    detached = [];
  });

  afterEach(async () => {
    for (const { url } of detached) await stopEmulator(url).catch(() => undefined);
    await cli[Symbol.asyncDispose]();
  });

  async function startDetached(args: readonly string[] = []): Promise<EmulatorStartResult> {
    const ended = await cli.run('emulator start', ['--detach', '--port', '0', '--json', ...args]);
    const result = resultOf(ended, EmulatorStartResult);
    detached.push(result);
    return result;
  }

  /** Returns the URL that a local org in the foreground prints. */
  async function listening(running: Running): Promise<string> {
    for await (const line of running.lines()) {
      const url = /listens on (\S+)/.exec(line)?.[1];
      if (url !== undefined) return url;
    }
    throw new Error('The local org ended before it listened.');
  }

  async function client({ url }: { url: string }): Promise<LoyaltyClient> {
    return LoyaltyClient.connect({ instanceUrl: url, clientId: 'test', clientSecret: 'none' });
  }

  it('runs in the foreground until Ctrl-C', async () => {
    const running = cli.start('emulator start', ['--port', '0', '--verbose']);
    const url = await listening(running);
    await createProgram(await client({ url }), harbourRewards);
    running.kill('SIGINT');
    const { code, stdout, stderr } = await running.ended;
    expect(code).to.equal(130);
    expect(stdout).to.match(/export SF_ORG_INSTANCE_URL=http:\/\/127\.0\.0\.1:\d+\n/);
    expect(stdout).to.match(/sf loyalty list progress --target-org '00D\w+![\w.]+'/);
    expect(stdout).to.match(/^POST \/services\/data\/v\d+\.0\/composite\/sobjects 200 [\d.]+ ms$/m);
    expect(stderr).to.equal('');
    const entries = await readdir(cli.home, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    const contents = await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')));
    expect(contents.join(), 'a login in the home folder').to.not.include('00D');
  });

  it('ends with one JSON document and no error when it is stopped', async () => {
    const running = cli.start('emulator start', ['--port', '0']);
    const url = await listening(running);
    const stopped = resultOf(await cli.run('emulator stop', ['--url', url, '--json']), EmulatorStopResult);
    expect(stopped).to.deep.equal({ url, pid: running.pid });
    expect((await running.ended).code).to.equal(0);
  });

  it('runs in the background until it is stopped', async () => {
    const { url, token, pid } = await startDetached(['--strict-auth']);
    const refused = await fetch(`${url}/services/data/v66.0/sobjects`, {
      headers: { authorization: 'Bearer 00D000000000000!made.up' },
    });
    expect(refused.status).to.equal(401);
    const admitted = await fetch(`${url}/services/data/v66.0/sobjects`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(admitted.status).to.equal(200);

    const { port } = new URL(url);
    const stopped = await cli.run('emulator stop', ['--port', port]);
    expect(stopped.stdout).to.equal(`The local org at ${url} has stopped (process ${pid}).\n`);
    const again = await cli.run('emulator stop', ['--port', port, '--json']);
    expect(errorOf(again).message).to.equal(`No local org answers at ${url}.`);
    expect(errorOf(again).actions?.join()).to.contain('--url http://127.0.0.1:<port>');
    expect(again.code).to.equal(1);
  });

  it('reports a port in use', async () => {
    const { url } = await startDetached();
    const { port } = new URL(url);
    const attempts = await Promise.all([
      cli.run('emulator start', ['--port', port, '--json']),
      cli.run('emulator start', ['--port', port, '--detach', '--json']),
    ]);
    for (const ended of attempts) {
      expect(errorOf(ended)).to.include({
        name: 'PortInUseError',
        message: `Port ${port} on 127.0.0.1 is in use: choose another port, or 0 for any free one.`,
      });
      expect(ended.code).to.equal(1);
    }
  });

  it('logs in under an alias', async () => {
    const org = await startDetached(['--alias', 'local']);
    expect(org.alias).to.equal('local');
    // Commands of the CLI look up their own user by name.
    const soql = encodeURIComponent("SELECT Id FROM User WHERE Username = 'local@local-org.example'");
    const user = await fetch(`${org.url}/services/data/v66.0/query?q=${soql}`, {
      headers: { authorization: `Bearer ${org.token}` },
    });
    expect(await user.json()).to.include({ totalSize: 1 });
    await createProgram(await client(org), harbourRewards);
    const person = ['--member', 'L-1', '--last-name', 'Local', '--json'];
    const enrolled = await cli.run('enroll member', ['--target-org', 'local', ...person]);
    expect(resultOf(enrolled, EnrollMemberResult).counts.enrolled).to.equal(1);
  });

  it('takes as long as an org beside other faults', async () => {
    const rules = [{ fault: 'error', name: 'mine', match: { path: '/query' } }];
    const { url } = await startDetached(['--latency', 'org', '--faults', JSON.stringify({ rules })]);
    const faults = await fetch(`${url}/emulator/faults`, { headers: { 'x-emulator-control': '1' } });
    const names = ((await faults.json()) as { rules: { name: string }[] }).rules.map(({ name }) => name);
    expect(names).to.include.members(['mine', "an org's latency: member profile", "an org's latency: other calls"]);
  });

  it('injects faults, and logs what was committed', async () => {
    const rule = { fault: 'error', status: 503, errorCode: 'SERVER_UNAVAILABLE', match: { path: '/sobjects' } };
    const org = await startDetached(['--effects', '--faults', JSON.stringify({ rules: [rule] })]);
    const failed = await fetch(`${org.url}/services/data/v66.0/sobjects`, {
      headers: { authorization: `Bearer ${org.token}` },
    });
    expect(failed.status).to.equal(503);
    await createProgram(await client(org), harbourRewards);
    const effects = await fetch(`${org.url}/emulator/effects`, { headers: { 'x-emulator-control': '1' } });
    expect(await effects.text()).to.include('"object":"LoyaltyProgram","operation":"insert"');
  });

  it('reports what is wrong with a fault plan, and does not start', async () => {
    await writeFile(cli.path('plan.json'), '{ "rules": [{ "fault": "flood" }] }');
    const ended = await cli.run('emulator start', ['--port', '0', '--faults', cli.path('plan.json'), '--json']);
    const error = errorOf(ended);
    expect(error.name).to.equal('FaultPlanError');
    expect(error.message).to.include(cli.path('plan.json')).and.to.include('rules[0]');
    expect(error.actions?.[0]).to.match(/"fault":"silence"/);
    expect(ended.code).to.equal(1);
  });

  it('reports why a folder cannot be used, also from the background', async () => {
    await writeFile(cli.path('file'), '');
    const args = ['--port', '0', '--data-dir', cli.path('file'), '--json'];
    const both = [cli.run('emulator start', args), cli.run('emulator start', ['--detach', ...args])];
    for (const ended of await Promise.all(both)) {
      expect(errorOf(ended).message).to.equal(
        `${cli.path('file')} cannot be used: a file is where a folder should be.`,
      );
    }
  });

  it('reports what nothing answers for in rules, also from the background, or takes it on demand', async () => {
    await using folder = await OutsideFolder.of({});
    const args = ['--port', '0', '--source', folder.path, '--json'];
    const both = [cli.run('emulator start', args), cli.run('emulator start', ['--detach', ...args])];
    for (const ended of await Promise.all(both)) {
      expect(ended.code).to.equal(1);
      expect(errorOf(ended)).to.include({ name: 'RulesSourceError' });
      expect(errorOf(ended).message).to.match(/:10: nothing answers for the flow "Get_Rate"\.$/);
      expect(errorOf(ended).actions?.join(' ')).to.include('flows.yml').and.include('--answer-flows-empty');
    }
    expect((await startDetached(['--source', folder.path, '--answer-flows-empty'])).url).to.match(/^http:/);
  });

  it('starts with a program, members, and their purchases of the last weeks', async () => {
    const dataDir = ['--example', '--data-dir', cli.path('org')];
    const first = await startDetached(dataDir);
    expect(first.example?.program).to.equal('Harbour Rewards');
    expect(first.example?.members).to.have.length(20).and.to.include('HR-100001');
    const org = { url: first.url, accessToken: first.token };
    expect((await cli.run('list promotions', ['--member', 'HR-100001', '--json'], { org })).code).to.equal(0);
    const near = resultOf(await cli.run('list progress', ['--near', '75', '--json'], { org }), ListProgressResult);
    expect(near.records).to.not.be.empty;
    await stopEmulator(first.url);
    const second = await startDetached(dataDir);
    const rowsOf = async (object: string): Promise<number> =>
      (await (await client(second)).query.allRows(`SELECT Id FROM ${object}`, z.object({}))).length;
    expect(await rowsOf('LoyaltyProgramMember')).to.equal(20);
    expect(await rowsOf('TransactionJournal')).to.be.within(100, 400);
  });

  for (const how of ['background', 'foreground']) {
    it(`has its example before faults are injected, in the ${how}`, async () => {
      const rules = [{ fault: 'error', status: 503, errorCode: 'SERVER_UNAVAILABLE' }];
      const options = ['--example', '--faults', JSON.stringify({ rules })];
      const url =
        how === 'background'
          ? (await startDetached(options)).url
          : await listening(cli.start('emulator start', ['--port', '0', ...options]));
      const failed = await fetch(`${url}/services/data/v66.0/sobjects`, {
        headers: { authorization: 'Bearer 00D000000000000!local' },
      });
      expect(failed.status).to.equal(503);
      const faults = await fetch(`${url}/emulator/faults`, { headers: { 'x-emulator-control': '1' } });
      expect(((await faults.json()) as { rules: unknown[] }).rules[0]).to.include({ met: 1, struck: 1 });
    });
  }

  it('is saved to a private file, from which another org can start', async () => {
    const { url } = await startDetached(['--example']);
    const file = cli.path('example.snapshot');
    const saved = resultOf(await cli.run('emulator save', [file, '--url', url, '--json']), EmulatorSaveResult);
    const { size, mode } = await stat(file);
    expect(saved).to.deep.equal({ url, file, bytes: size });
    expect(mode & 0o777).to.equal(0o600);

    const copy = await startDetached(['--from', 'example.snapshot']);
    const members = await (await client(copy)).members.find('Harbour Rewards', ['HR-100001', 'HR-100020']);
    expect(members).to.have.length(2);
  });

  it('reports what is wrong with a snapshot, and what to do', async () => {
    await writeFile(cli.path('not.snapshot'), 'hello'.repeat(1000));
    const args = ['--port', '0', '--from', cli.path('not.snapshot'), '--json'];
    const both = [cli.run('emulator start', args), cli.run('emulator start', ['--detach', ...args])];
    for (const ended of await Promise.all(both)) {
      expect(errorOf(ended)).to.deep.include({
        name: 'SnapshotError',
        message: `${cli.path('not.snapshot')} is not a snapshot of a local org: file is not a database.`,
        actions: ['Name a file that "emulator save" has written.'],
      });
    }
    const nobody = await cli.run('emulator save', ['x.snapshot', '--port', '1', '--json']);
    expect(errorOf(nobody).name).to.equal('NoEmulatorError');
    expect(await readdir(cli.home)).to.not.include('x.snapshot');
  });

  it('keeps its state in a folder', async () => {
    const first = await startDetached(['--data-dir', cli.path('org')]);
    await createProgram(await client(first), harbourRewards);

    const taken = await cli.run('emulator start', ['--detach', '--port', '0', '--data-dir', cli.path('org'), '--json']);
    expect(errorOf(taken).message).to.equal(
      `Another local org is using the data folder ${cli.path('org')}: stop that one, or choose another folder.`,
    );

    await stopEmulator(first.url);
    const second = await startDetached(['--data-dir', cli.path('org')]);
    const programs = await (await client(second)).programs.list();
    expect(programs.map(({ Name }) => Name)).to.deep.equal(['Harbour Rewards']);
  });
});
