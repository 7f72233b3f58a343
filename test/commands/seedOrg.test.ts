import { expect } from 'chai';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SeedOrgResult } from '../../src/cli/results/seedResults.js';
import { Emulator } from '../../src/emulator/index.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import { Relay } from '../support/cliRelay.js';
import { expectScreen } from '../support/screen.js';

const example = join(import.meta.dirname, '../../examples/seed');

describe('loyalty seed org', function () {
  this.timeout(60_000);

  let org: Emulator;
  let cli: Cli;
  let folder: string;

  before(async () => {
    org = await Emulator.start();
    cli = await Cli.create();
    folder = cli.path('seeds');
    await cp(example, folder, { recursive: true });
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await org.stop();
  });

  it('shows what it would do, and asks before it does it', async () => {
    const plan = await cli.run('seed org', ['--folder', folder, '--plan'], { org, columns: 80 });
    expect(plan.code).to.equal(68);
    expect(plan.stdout.split('\n').slice(-4)).to.deep.equal([
      '17 to create, 0 to change, 4 as they are.',
      'Then the members of members.csv are enrolled.',
      'Then 1 feed of the source "summit-club" is mirrored: september.csv.',
      '',
    ]);
    const unasked = await cli.run('seed org', ['--folder', folder, '--json'], { org });
    expect(errorOf(unasked).actions?.join()).to.contain('--no-prompt');
    await mkdir(cli.path('stale'));
    await writeFile(cli.path('stale', 'junit.xml'), 'of an earlier seed');
    const stale = ['--folder', cli.path('nowhere'), '--results-dir', cli.path('stale'), '--json'];
    expect(errorOf(await cli.run('seed org', stale, { org }))).to.include({ status: 1, name: 'DefinitionError' });
    expect(await readdir(cli.path('stale'))).to.deep.equal([]);
    expect(org.store.count('LoyaltyProgram')).to.equal(0);
  });

  it('shows what the org cannot take, with its line, and does not ask', async () => {
    await using other = await Emulator.start();
    const LoyaltyProgramId = other.store.insert('LoyaltyProgram', { Name: 'Summit Club' });
    const process = { Name: 'Redemption', ProcessType: 'CancelVoucher', ExecutionType: 'RealTime', Status: 'Active' };
    other.store.insert('LoyaltyProgramProcess', { ...process, LoyaltyProgramId });
    for (const flags of [[], ['--no-prompt']]) {
      const args = ['--folder', folder, '--processes', 'records', ...flags];
      const ended = await cli.run('seed org', args, { org: other, columns: 80 });
      expect(ended.code, ended.stderr).to.equal(68);
      const shown = ended.stdout.replaceAll(/\n */g, ' ');
      expect(shown).to.match(/program\.yml, line \d+: LoyaltyProgramProcess\.ProcessType cannot be changed/);
      expect(shown).to.match(/\b\d+ to create, .*, 1 that cannot be\./);
    }
    expect(other.store.count('LoyaltyProgramCurrency')).to.equal(0);
  });

  it('says which stage failed, what is done, and how to go on', async () => {
    const args = ['--folder', folder, '--no-prompt', '--results-dir', cli.path('results'), '--json'];
    await using relay = await Relay.open(org, {
      before: ({ method, url }) =>
        method === 'POST' && url.includes('/individual-member-enrollments')
          ? { status: 401, errorCode: 'INVALID_SESSION_ID' }
          : undefined,
    });
    const ended = await cli.run('seed org', args, { org: relay });
    expect(ended.code, ended.stdout).to.equal(69);
    const { message, actions, data } = errorOf(ended);
    expect(message).to.match(/^The members could not be enrolled: /);
    expect(actions?.at(-1)).to.match(/^What is in the org stays\. Go on with: sf loyalty seed org --folder \S+seeds /);
    const { program, members, history } = SeedOrgResult.parse(data).stages ?? {};
    expect([program?.status, members?.status, history?.status]).to.deep.equal(['done', 'failed', 'waiting']);
    const junit = await readFile(cli.path('results', 'junit.xml'), 'utf8');
    expect(junit).to.match(/<testcase classname="seed\.members" name="members"><error message="/);
    expect(junit).to.contain('<skipped message="An earlier stage did not end well."/>');
  });

  it('ends with 130 when it is interrupted, with the command that goes on', async () => {
    const under = Promise.withResolvers<undefined>();
    const interrupted = Promise.withResolvers<undefined>();
    await using relay = await Relay.open(org, {
      before: async ({ method, url }) => {
        if (method !== 'POST' || !url.includes('/individual-member-enrollments')) return undefined;
        under.resolve(undefined);
        await interrupted.promise;
        return { status: 503, errorCode: 'SERVER_UNAVAILABLE' };
      },
    });
    const running = cli.start('seed org', ['--folder', folder, '--no-prompt', '--json'], { org: relay });
    await under.promise;
    await running.interrupt();
    interrupted.resolve(undefined);
    const ended = await running.ended;
    expect(ended.code, ended.stdout).to.equal(130);
    expect(errorOf(ended)).to.include({ name: 'InterruptedError', message: 'The seed was interrupted.' });
    expect(errorOf(ended).actions?.join()).to.match(/Go on with: sf loyalty seed org --folder \S+seeds --no-prompt/);
    expect(SeedOrgResult.parse(errorOf(ended).data).stages?.program.status).to.equal('done');
  });

  it('goes on, and has one document for a pipeline', async () => {
    const args = ['--folder', folder, '--no-prompt', '--results-dir', cli.path('results'), '--json'];
    const { stages, results } = resultOf(await cli.run('seed org', args, { org }), SeedOrgResult);
    expect(results).to.equal(cli.path('results'));
    expect(stages?.program.objects.reduce((sum, { created }) => sum + created, 0)).to.equal(0);
    expect(stages?.members.counts).to.include({ enrolled: 40, exists: 0 });
    expect(stages?.history.run?.counts.items).to.include({ done: 300, sentNow: 300 });
    expect(await readFile(cli.path('results', 'summary.md'), 'utf8')).to.contain('| history | done |');
    const run = await readFile(join(stages?.history.run?.results ?? '', 'transactions.csv'), 'utf8');
    expect(run.trimEnd().split('\n')).to.have.lengthOf(301);
  });

  it('prints what needs a person on a lost disk, where everything else is found', async () => {
    await rm(join(folder, 'members.csv'));
    const feed = await readFile(join(folder, 'history/september.csv'), 'utf8');
    const bad = 'T7-X,2026-09-30T10:00:00Z,NOBODY,Accrual,Purchase,1,Pier 4,\n';
    await writeFile(join(folder, 'history/september.csv'), feed + bad);
    const outbox = ['--outbox', 'new.sqlite', '--empty-outbox', 'lookup'];
    const args = ['--folder', 'seeds', '--no-prompt', ...outbox, '--max-rejects', '1'];
    const ended = await cli.run('seed org', args, { org, columns: 80 });
    expect(ended.code).to.equal(0);
    const run = /Run (?<run>\S+) in/.exec(ended.stdout)?.groups?.['run'] ?? '';
    const stdout = ended.stdout.replaceAll(/\(\d\.\d s\)/g, '(0.1 s)').replaceAll(`${cli.home}/`, '');
    expectScreen('seed org', { ...ended, stdout }, [
      '0 to create, 0 to change, 21 as they are.',
      'Program: done. 0 created, 0 changed, 21 as they were (0.1 s).',
      'History: needs a person. 301 rows: 0 sent, 300 found in the org, 0 known before',
      '  (0.1 s).',
      '',
      `Run ${run} in Summit Club: complete.`,
      '',
      '  Rows read           301',
      '    used              301',
      '  Transactions made   301',
      '    new               301',
      '  Done                300',
      '    found in the org  300',
      '  Not done              1',
      '    refused             1',
      '',
      'What needs attention:',
      '  1 × refused, UNKNOWN_MEMBER: summit-club:T7-X (september.csv line 302): The',
      '    program Summit Club has no member NOBODY. Enroll the member, then read the',
      '    feed again or run "sync retry".',
      '',
      'Please note:',
      '  Level 0: nothing in the org tells who else is sending, so run one process at a',
      '    time for a source; docs/sync-protocol.md ("When the outbox is not the newest',
      '    truth") says what that rests on.',
      '',
      `One line for each row and transaction: new-results/${run}`,
      'If the reason was in the org and is gone there (a member was missing), send the same again: sf loyalty sync retry --outbox new.sqlite --target-org TARGET_ORG',
      'If the reason is in the mapping or the rows, correct them and read the feed again: sf loyalty seed org --folder seeds --outbox new.sqlite --max-rejects 1 --no-prompt --target-org TARGET_ORG',
      '1 row needs a person, which --max-rejects allows.',
      'Seeded the org with the program "Summit Club".',
    ]);
  });
});
