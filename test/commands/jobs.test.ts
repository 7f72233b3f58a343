import { expect } from 'chai';
import { CancelJobResult, ListJobsResult, RunJobResult } from '../../src/cli/results/jobResults.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Ended } from '../support/cli.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { expectScreen } from '../support/screen.js';

/** How long a job took is not said of a moment, and a slow machine takes longer. */
const aMoment = /,\s+in\s+\d+\s+seconds?/;
const journals = ['--batch-job', 'process_transaction_journals'];

describe('loyalty run job, list jobs and cancel job', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;

  before(async () => {
    shop = await openShop({ members: 1 });
    cli = await Cli.create();
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const run = (words: string, args: readonly string[]): Promise<Ended> =>
    cli.run(words, args, { org: shop.org, columns: 80 });

  /** @returns the Id of a Pending journal */
  function pending(more: Readonly<Record<string, unknown>> = {}): string {
    const { store } = shop.org;
    const JournalTypeId = store.first('JournalType', { Name: 'Accrual' })?.Id ?? null;
    const MemberId = store.first('LoyaltyProgramMember', {})?.Id ?? '';
    const values = { ActivityDate: '2026-03-01T10:00:00Z', JournalTypeId, MemberId, TransactionAmount: 3 };
    return store.insert('TransactionJournal', { ...values, Status: 'Pending', ...more });
  }

  it('runs a batch job to its end, names what failed, and runs that again', async () => {
    const bad = pending({ JournalTypeId: null });
    pending();
    const first = await run('run job', journals);
    const { records } = resultOf(await run('list jobs', ['--json']), ListJobsResult);
    const id = records[0]?.key ?? '';
    expect(first.code).to.equal(68);
    // A slow machine may take a second.
    const screen = first.stdout.replace(/failed, in .*\./, 'failed.');
    expect(screen.split('\n')).to.deep.equal([
      'Process_Transaction_Journals has completed with failures: 1 of 2 records, 1',
      '  failed.',
      `  ${bad}: The transaction journal ${bad} has no journal`,
      '    type.',
      `Run the failed records again: sf loyalty run job --failed-of ${id} --target-org TARGET_ORG`,
      '',
    ]);
    shop.org.store.update('TransactionJournal', bad, { JournalTypeId: journalType() });
    const again = resultOf(await run('run job', ['--failed-of', id, '--json']), RunJobResult);
    expect(again.records[0]).to.deep.include({ status: 'completed', work: { total: 1, processed: 1, failed: 0 } });
    const seen = resultOf(await run('run job', ['--watch', id, '--json']), RunJobResult);
    expect(seen.records[0]?.failures).to.deep.include({
      failedRecordId: shop.org.store.first('BatchJobPartFailedRecord', {})?.Id,
      record: bad,
      status: 'Resubmitted',
      message: `The transaction journal ${bad} has no journal type.`,
    });
  });

  const journalType = (): string => shop.org.store.first('JournalType', { Name: 'Accrual' })?.Id ?? '';

  it('runs a calculation with its inputs, and says what it has changed', async () => {
    const input = ['--calculation', 'Reset_Qualifying_Points', '--input'];
    const done = await run('run job', [...input, 'Program_Name=Harbour Rewards']);
    expect(done.code).to.equal(0);
    expectScreen('run job', { ...done, stdout: done.stdout.replace(aMoment, '') }, [
      'Reset_Qualifying_Points has completed: 1 record read, 0 changed.',
    ]);
    expectScreen('list jobs', await run('list jobs', ['--running']), [
      '"run job" can start:',
      '┌────────────────────────────────────────────────────────────────┬─────────────┐',
      '│ Definition                                                     │ Kind        │',
      '├────────────────────────────────────────────────────────────────┼─────────────┤',
      '│ Assess_Member_Tiers                                            │ batch job   │',
      '│ Expire_Activity_Based_Non_Qualifying_Points                    │ calculation │',
      '│ Expire_Fixed_Non_Qualifying_Points                             │ calculation │',
      '│ Identify_and_Update_Activity_Dates_for_Loyalty_Program_Members │ calculation │',
      '│ Process_Transaction_Journals                                   │ batch job   │',
      '│ Reset_Qualifying_Points                                        │ calculation │',
      '│ Roll_Over_Escrow_Points_to_Members                             │ calculation │',
      '└────────────────────────────────────────────────────────────────┴─────────────┘',
      '',
      'No job has run.',
    ]);
    const failed = await run('run job', [...input, 'program_name=Nowhere']);
    expect([failed.code, failed.stdout.replace(aMoment, '')]).to.deep.equal([
      68,
      'Reset_Qualifying_Points has failed: 0 records read, 0 changed.\n  There is no active program Nowhere.\n',
    ]);
    expect(errorOf(await run('run job', [...input, 'program=x', '--json'])).message).to.include(
      'has no input "program"',
    );
  });

  it('leaves a job to the org, which can then be canceled once', async () => {
    shop.org.faults.add({ fault: 'jobLatency', milliseconds: 600_000, match: { path: '/actions/custom/*' } });
    pending();
    const left = await run('run job', [...journals, '--async']);
    const [id = ''] = /0md\w{15}/.exec(left.stdout) ?? [];
    expect(left.code).to.equal(0);
    expect(left.stdout).to.include(`Watch it: sf loyalty run job --watch ${id} --target-org TARGET_ORG\n`);
    expect(left.stdout).to.include(`Cancel it: sf loyalty cancel job --job ${id} --target-org TARGET_ORG\n`);
    const listed = resultOf(await run('list jobs', ['--running', '--json']), ListJobsResult);
    expect(listed.records.map(({ key, status }) => [key, status])).to.deep.equal([[id, 'running']]);
    expect(listed.definitions.map(({ name, kind }) => `${kind} ${name}`)).to.include.members([
      'batch Process_Transaction_Journals',
      'calculation Reset_Qualifying_Points',
    ]);
    const asked = await run('cancel job', ['--job', id, '--json']);
    expect(errorOf(asked).actions?.join()).to.include('--no-prompt');
    const shown = await run('cancel job', ['--job', id, '--no-prompt']);
    const stdout = shown.stdout.replaceAll(/\n +/g, ' ').replace(aMoment, '').replace('. What', '.\n  What');
    expectScreen('cancel job', { ...shown, stdout }, [
      'Process_Transaction_Journals was canceled after 0 of 1 record.',
      '  What was done stays.',
    ]);
    for (const code of [0, 0]) {
      const canceled = await run('cancel job', ['--job', id, '--no-prompt', '--json']);
      expect(resultOf(canceled, CancelJobResult).records[0]).to.deep.include({ key: id, status: 'canceled' });
      expect(canceled.code).to.equal(code);
    }
    shop.org.faults.clear();
  });

  it('goes on in the org after Ctrl-C, and says how to watch and cancel it', async () => {
    shop.org.faults.add({ fault: 'jobLatency', milliseconds: 600_000, match: { path: '/actions/custom/*' } });
    pending();
    const running = cli.start('run job', journals, { org: shop.org });
    for await (const line of running.errorLines()) if (line.includes('Process_Transaction_Journals')) break;
    await running.interrupt();
    const { code, stdout } = await running.ended;
    expect(code).to.equal(130);
    expect(stdout).to.match(/is running: .*\nWatch it: sf loyalty run job --watch 0md\w{15} .*\nCancel it: /);
    shop.org.faults.clear();
  });

  it('tells why a decision table was not refreshed', async () => {
    const refused = await run('run job', ['--decision-table', 'Rates', '--json']);
    expect([refused.code, errorOf(refused).message]).to.deep.equal([68, 'There is no active decision table Rates.']);
  });

  it('names what there is instead of a definition or a job that there is not', async () => {
    const definition = errorOf(await run('run job', ['--calculation', 'Nightly', '--json']));
    expect(definition.message).to.match(
      /no active definition of the Data Processing Engine "Nightly"\. It has: "Expire/,
    );
    const job = errorOf(await run('cancel job', ['--job', '0md000000000099AAA', '--no-prompt', '--json']));
    expect(job.message).to.equal('The org has no batch job 0md000000000099AAA that this user can see.');
    expect(job.actions?.join()).to.include('sf loyalty list jobs');
  });

  it('takes nothing but an Id for a job, which an org would look for with a query', async () => {
    const ended = await Promise.all([
      run('cancel job', ['--job', "it's", '--no-prompt', '--json']),
      run('run job', ['--watch', 'nightly', '--json']),
      run('run job', ['--failed-of', '0md', '--json']),
    ]);
    expect(ended.map(({ code }) => code)).to.deep.equal([2, 2, 2]);
    expect(ended.map((each) => errorOf(each).message)).to.deep.equal(
      ['--job: "it\'s"', '--watch: "nightly"', '--failed-of: "0md"'].map(
        (given) => `${given} is not the Id of a batch job, which has 15 or 18 letters and digits.`,
      ),
    );
  });
});
