import { askEarly, exitCode, TransactionsDraft, writeResults } from '../../sync/index.js';
import type { Outbox, ResultsFormat, SyncOptions, SyncPlan, SyncProgress, SyncReport } from '../../sync/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import type { Conclusion } from '../concludeCommand.js';
import type { ExplainedCommand } from '../errors/actionableErrors.js';
import { orgClient, syncClient } from '../orgClient.js';
import type { TargetOrg } from '../targetOrg.js';
import { resultIsKept } from '../terminal/lostOutput.js';
import { CrossedLines } from './crossedLines.js';
import { reportCommand, reportLines } from './reportLines.js';
import { ProbeFile } from './probedFields.js';
import { withStages } from './progressStages.js';
import type { SyncStages } from './progressStages.js';
import { keepHeapSmall } from './smallHeap.js';
import { resultsFolder, toPlanResult, toSyncResult } from './resultsFolder.js';
import { deliveryOptions, deliveryWords } from './syncFlags.js';
import type { DeliveryWords, ParsedDeliveryFlags } from './syncFlags.js';
import type { SyncResult } from './syncResult.js';
import { writeRunSummary } from './writeRunSummary.js';

/** What `deliverRun` needs of a command. */
export interface DeliveringCommand extends ExplainedCommand {
  readonly config: { readonly dataDir: string };
  delivery: DeliveryWords;
  jsonEnabled(): boolean;
  log(line: string): void;
  logToStderr(line: string): void;
  info(sentence: string): void;
}

export interface RunFlags extends ParsedDeliveryFlags {
  readonly 'target-org': TargetOrg;
  readonly 'api-version': string | undefined;
  readonly program: string | undefined;
  readonly outbox: string | undefined;
  readonly 'results-dir': string | undefined;
  readonly 'results-format': ResultsFormat;
}

/** What every command that delivers gives to its call. */
export type SharedOptions = Omit<SyncOptions, 'program'>;

/** What one command delivers in its own way. */
export interface OpenRun {
  readonly outbox: Outbox;
  /** Whether the outbox stays open when the delivery has ended. Default: it is closed. */
  readonly keepsOutbox?: boolean | undefined;
  /** The command that reads the feeds of the run again. Unknown values are placeholders. */
  readonly startAgain: string;
  /** What to do about transactions that are wrong themselves. Default: to read the feeds again. */
  readonly correction?: string | undefined;
  readonly deliver: (options: SharedOptions) => Promise<SyncReport | SyncPlan>;
  /** Whether its results are written while it goes on: those of a run that ends by itself. */
  readonly writesEarly?: boolean | undefined;
  /** How its progress is shown. Default: as that of a run that reads feeds. */
  readonly stages?: SyncStages | undefined;
}

/** @param asking a client that asks again when the org is in passing trouble */
export type RunOpener = (asking: LoyaltyClient) => Promise<OpenRun>;

interface Invocation {
  readonly flags: RunFlags;
  readonly signal: AbortSignal;
}

/**
 * The body of `sync start`, `sync serve`, `sync resume` and `sync retry`: opens the outbox, delivers while it shows how
 * far the work is, writes the results files, and prints the report. A dry run writes no files.
 */
export async function deliverRun(
  command: DeliveringCommand,
  { flags, signal }: Invocation,
  open: RunOpener,
): Promise<Conclusion<SyncResult>> {
  using heap = keepHeapSmall();
  command.delivery = deliveryWords(flags);
  const { result, ...again } = await delivered(command, { flags, signal }, open);
  if (result.results !== null) resultIsKept(reportCommand(result, command.orgName));
  const context = { org: command.orgName, ...again, delivery: command.delivery };
  await writeRunSummary(result, context);
  for (const line of reportLines(result, context)) command.log(line);
  const code = exitCode(result, { failWithoutEffect: flags['fail-without-effect'] });
  return { result, exitCode: code, tellsInterruption: true };
}

async function delivered(
  command: DeliveringCommand,
  { flags, signal }: Invocation,
  open: RunOpener,
): Promise<{ readonly result: SyncResult } & Pick<OpenRun, 'startAgain' | 'correction'>> {
  const client = await syncClient(flags);
  const asked = askEarly(client);
  const {
    outbox,
    keepsOutbox,
    startAgain,
    correction,
    deliver,
    stages: shown,
    writesEarly,
  } = await open(await orgClient(flags, signal));
  await using closed = keepsOutbox ? undefined : outbox;
  const probedField = await new ProbeFile(command.config.dataDir, flags['target-org']).find(flags['unique-field']);
  const log = command.log.bind(command);
  const stages = { silent: command.jsonEnabled(), log, stages: shown };
  const crossed = new CrossedLines(flags['notify-progress'], log);
  const { memberProgress } = crossed;
  const folderOf = (run: string): string => resultsFolder(outbox.name, run, flags['results-dir']);
  using draft = writesEarly && flags['results-format'] === 'csv' ? new TransactionsDraft(folderOf) : undefined;
  const ended = await withStages(stages, (tell) => {
    const onProgress = (progress: SyncProgress): void => {
      draft?.follow(outbox, progress.run);
      tell(progress);
    };
    return deliver({
      ...{ ...deliveryOptions(flags), probedField, client, asked, outbox },
      ...{ signal, onProgress, memberProgress },
    });
  });
  crossed.stop();
  if ('report' in ended) return { result: toPlanResult(ended), startAgain, correction };
  const folder = folderOf(ended.run);
  await writeResults(outbox, ended.run, folder, flags['results-format'], draft);
  return { result: { ...toSyncResult(ended, folder), ...crossed.result }, startAgain, correction };
}
