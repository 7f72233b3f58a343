import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { VerifyFidelityResult } from '../../src/cli/results/fidelityResults.js';
import { Emulator } from '../../src/emulator/index.js';
import { allProbes } from '../../src/verify/index.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import { writes } from '../support/cliOrg.js';

describe('loyalty verify fidelity', function () {
  this.timeout(120_000);

  let org: Emulator;
  let cli: Cli;

  beforeEach(async () => {
    org = await Emulator.start();
    cli = await Cli.create();
  });
  afterEach(async () => {
    await cli[Symbol.asyncDispose]();
    await org.stop();
  });

  const verify = (...args: string[]) => cli.run('verify fidelity', args, { org, columns: 80 });

  it('runs all probes, and writes a file without data of the org', async () => {
    const file = cli.path('fidelity.json');
    const ended = await verify('--no-prompt', '--json', '--output-file', file);
    expect(ended.code).to.equal(0);
    const result = resultOf(ended, VerifyFidelityResult);
    expect(result.counts).to.include({ differs: 0, unclear: 0 });
    const written = await readFile(file, 'utf8');
    expect(JSON.parse(written)).to.deep.equal(result);
    for (const secret of [org.accessToken, org.url]) expect(written).to.not.contain(secret);
  });

  it('refuses a file that it could not write, before it asks anything', async () => {
    const ended = await verify('--no-prompt', '--json', '--output-file', cli.home);
    expect(ended.code).to.equal(1);
    expect(errorOf(ended).message).to.equal(`${cli.home} cannot be used: it is a folder.`);
    expect(writes(org)).to.equal(0);
  });

  it('reports in 80 columns what differs, and ends with 68', async () => {
    org.faults.replace({ rules: [{ fault: 'partial', first: 1, match: { path: '/connect/realtime/*' } }] });
    const { code, stdout } = await verify('--no-prompt', '--only', 'realtime-failure-stores-nothing');
    expect(code).to.equal(68);
    expect(stdout).to.match(
      /^The org behaves differently:\n {2}realtime-failure-stores-nothing: A request of several/m,
    );
    expect(stdout).to.match(/Seen: \d journals are stored/);
    expect(stdout).to.contain('0 held, 1 differs, 0 not clear.');
    expect(stdout.split('\n').filter((line) => line.length > 80)).to.deep.equal([]);
  });

  it('asks before it writes, but not if it writes nothing', async () => {
    const [unasked, reading] = await Promise.all([verify('--json'), verify('--read-only', '--json')]);
    expect(unasked.code).to.equal(1);
    expect(errorOf(unasked).message).to.match(/create the program Loyalty Probe .* at most \d+ API calls\)/);
    expect(errorOf(unasked).actions?.[0]).to.match(/--no-prompt .* --read-only/);
    expect(reading.code).to.equal(0);
    expect(resultOf(reading, VerifyFidelityResult)).to.not.have.property('program');
    expect(org.store.find('LoyaltyProgram', {})).to.deep.equal([]);
  });

  it('refuses an unknown probe, and an existing program', async () => {
    org.store.insert('LoyaltyProgram', { Name: 'Cirrus', Status: 'Active' });
    const [unknown, none, taken] = await Promise.all([
      verify('--only', 'external-number-lenght', '--json'),
      verify('--only', 'external-number-length', '--read-only', '--json'),
      verify('--program-name', 'Cirrus', '--no-prompt', '--json'),
    ]);
    expect([unknown.code, none.code, taken.code]).to.deep.equal([1, 1, 1]);
    expect(errorOf(unknown).actions?.[0]).to.contain('"external-number-length"');
    expect(errorOf(none).message).to.contain('without writing');
    expect(errorOf(taken).name).to.equal('ProbeNameTakenError');
  });

  /** Resolves with the first record of an object. */
  const firstOf = (object: string) =>
    new Promise<void>((resolve) => {
      const unseen = { began: () => undefined, kept: () => undefined, undone: () => undefined };
      org.store.addWatch({
        ...unseen,
        writing: ({ operation, type }) => {
          if (operation === 'insert' && type.name === object) resolve();
        },
      });
    });

  for (const [moment, object] of [
    ['its program is being made', 'LoyaltyProgram'],
    ['it asks', 'TransactionJournal'],
  ] as const) {
    it(`cleans up after Ctrl-C while ${moment}, and says what a second one would leave`, async () => {
      const made = ['LoyaltyProgram', 'LoyaltyProgramMember', 'Account', 'JournalType', 'Promotion'];
      const counts = (): number[] => made.map((each) => org.store.count(each));
      const before = counts();
      const begun = firstOf(object);
      const running = cli.start('verify fidelity', ['--no-prompt', '--output-file', cli.path('f.json')], { org });
      await begun;
      await running.interrupt();
      const { code, stdout, stderr } = await running.ended;
      expect(code).to.equal(130);
      expect(stderr).to.match(/Interrupted\. .* leaves the program Loyalty Probe \w{8} and its records/);
      const { records, left } = VerifyFidelityResult.parse(JSON.parse(await readFile(cli.path('f.json'), 'utf8')));
      expect(records.length).to.be.lessThan(allProbes.length);
      expect(left.map(({ object: of }) => of).filter((of) => of !== 'TransactionJournal')).to.deep.equal([]);
      expect(counts()).to.deep.equal(before);
      expect(org.store.count('TransactionJournal')).to.equal(left.length);
      expect(stdout).to.contain('not clear');
    });
  }

  it('ends with 69 and the results so far if the session ends', async () => {
    const gone = { url: 'http://127.0.0.1:1', accessToken: org.accessToken };
    const args = ['--read-only', '--json', '--api-version', '66.0'];
    const ended = await cli.run('verify fidelity', args, { org: gone });
    expect(ended.code).to.equal(69);
    expect(VerifyFidelityResult.parse(errorOf(ended).data).records).to.deep.equal([]);
  });
});
