import { exitCode, SqliteOutbox, writeResults } from '../../sync/index.js';
import type { Run, SyncOptions, SyncReport } from '../../sync/index.js';
import { explained } from '../errors/actionableErrors.js';
import type { ExplainedCommand } from '../errors/actionableErrors.js';
import { resultIsKept } from '../terminal/lostOutput.js';
import { orgClient, syncClient } from '../orgClient.js';
import { outboxPath } from '../outboxPath.js';
import { chooseProgram } from '../chooseProgram.js';
import type { TargetOrg } from '../targetOrg.js';
import type { SyncResult } from './syncResult.js';
import { findRun } from './findRun.js';
import { deliveryOptions } from './syncFlags.js';
import type { ParsedDeliveryFlags } from './syncFlags.js';
import { startAgainCommand } from './runSettings.js';
import { ProbeFile } from './probedFields.js';
import { reportCommand, reportLines } from './printReport.js';
import { claimFolder, resultsFolder, toSyncResult } from './resultsFolder.js';
import { withStages } from './progressStages.js';

/** A command that works on an outbox of earlier runs, as far as that takes part in it. */
interface RunCommand extends ExplainedCommand {
  readonly config: { readonly dataDir: string };
  jsonEnabled(): boolean;
  log(line: string): void;
  info(sentence: string): void;
}

interface RunFlags extends ParsedDeliveryFlags {
  readonly 'target-org': TargetOrg;
  readonly 'api-version': string | undefined;
  readonly program: string | undefined;
  readonly outbox: string | undefined;
  readonly run: string | undefined;
  readonly 'results-dir': string | undefined;
  readonly 'fail-without-effect': boolean;
  readonly 'keep-payloads': boolean;
}

/**
 * Opens the outbox, finds the run that is named, or the latest, shows how far the work is, writes results files and
 * prints the report. `deliver` says what is to be done. Sets the exit code.
 * @throws {SfError}
 */
export async function continueRun(
  command: RunCommand,
  { flags, signal }: { flags: RunFlags; signal: AbortSignal },
  deliver: (run: Run, options: Omit<SyncOptions, 'program'>) => Promise<SyncReport>,
): Promise<SyncResult> {
  const org = flags['target-org'];
  const log = command.log.bind(command);
  let startAgain: string | undefined;
  const result = await explained(command, async () => {
    const client = await syncClient(flags);
    const asking = await orgClient(flags, signal);
    const path =
      flags.outbox ?? outboxPath(command.config.dataDir, org, await chooseProgram(asking, flags.program, command));
    await using outbox = await SqliteOutbox.openExisting(path, { keepPayloads: flags['keep-payloads'] });
    const run = await findRun(outbox, flags, command);
    startAgain = startAgainCommand(run, outbox.name, command.orgName);
    await claimFolder(flags['results-dir']);
    const probedField = await new ProbeFile(command.config.dataDir, org).find(flags['unique-field']);
    const report = await withStages({ silent: command.jsonEnabled(), log }, (onProgress) =>
      deliver(run, { ...deliveryOptions(flags), probedField, client, outbox, signal, onProgress }),
    );
    const folder = resultsFolder(outbox.name, report.run, flags['results-dir']);
    await writeResults(outbox, report.run, folder);
    process.exitCode = exitCode(report, { failWithoutEffect: flags['fail-without-effect'] });
    return toSyncResult(report, folder);
  });
  resultIsKept(reportCommand(result, command.orgName));
  for (const line of reportLines(result, command.orgName, startAgain)) log(line);
  return result;
}
