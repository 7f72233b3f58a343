import { hostname } from 'node:os';
import { Messages } from '@salesforce/core';
import { resolve } from 'node:path';
import { systemClock } from '../../base/clock.js';
import { counted } from '../../base/text/counted.js';
import {
  deliverInbox,
  isPostgresAddress,
  loadMapping,
  openInbox,
  openLeaseView,
  openSharedOutbox,
  OutboxBusyError,
  OutboxDatabaseError,
  OutboxTakenError,
  shownPlace,
  standBy,
  StandbyCopy,
  StandbySending,
} from '../../sync/index.js';
import type { EmptyOutbox, LeaseView, PostgresInbox, SharedOutbox } from '../../sync/index.js';
import { chooseProgram } from '../chooseProgram.js';
import type { Conclusion } from '../concludeCommand.js';
import { exitCodes } from '../errors/exitCodes.js';
import { usageError } from '../feedFlags.js';
import { orgClient } from '../orgClient.js';
import { deliverRun } from './deliverRun.js';
import type { DeliveringCommand, OpenRun, RunFlags } from './deliverRun.js';
import { claimFolder } from './resultsFolder.js';
import { correctionOf, startAgainCommand } from './runSettings.js';
import { ServeStages } from './serveStages.js';
import { keepHeapSmall } from './smallHeap.js';
import { deliveryWords } from './syncFlags.js';
import type { SyncResult } from './syncResult.js';
import type { SyncWorkerResult } from './syncWorkerResult.js';
import { unreadFeeds, withUnread } from './unreadFeeds.js';
import { openWorkerPages } from './workerPages.js';
import { WorkerStatus } from './workerStatus.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.worker');

/** The flags of `sync worker`, parsed. */
interface WorkerFlags extends RunFlags {
  readonly outbox: string;
  readonly source: string | undefined;
  readonly map: string | undefined;
  readonly 'empty-outbox': EmptyOutbox;
  readonly 'flush-after': number;
  readonly 'exit-when-idle': boolean;
  readonly host: string;
  readonly port: number | undefined;
  readonly verbose: boolean;
}

interface WorkingCommand extends DeliveringCommand {
  logAnyway(line: string): void;
}

/** What does not change while a worker is now a standby, now active. */
interface WorkerJob {
  readonly flags: WorkerFlags;
  readonly signal: AbortSignal;
  readonly source: string;
  readonly mapping: string;
  readonly program: string;
  readonly view: LeaseView;
  readonly inbox: PostgresInbox;
  readonly status: WorkerStatus;
  readonly sending: StandbySending;
  readonly say: (line: string) => void;
}

/** The body of `sync worker`: waits until nobody delivers from a shared outbox, and delivers then. */
export async function runWorker(
  command: WorkingCommand,
  { flags, signal }: { readonly flags: WorkerFlags; readonly signal: AbortSignal },
): Promise<Conclusion<SyncWorkerResult>> {
  if (!isPostgresAddress(flags.outbox)) throw usageError(messages.createError('error.notShared', [flags.outbox]));
  const mapping = flags.map === undefined ? undefined : await loadMapping(flags.map, { source: flags.source });
  await claimFolder(flags['results-dir']);
  const client = await orgClient(flags, signal);
  const program = await chooseProgram(client, flags.program, command);
  await using inbox = closing(await openInbox(flags.outbox));
  await using view = closing(await openLeaseView(flags.outbox));
  // With --json, standard output has only the document.
  const say = (line: string): void => (command.jsonEnabled() ? command.logAnyway(line) : command.log(line));
  const status = new WorkerStatus(say, view.it.length);
  const { host, port } = flags;
  await using sending = new StandbySending({
    ...{ address: flags.outbox, client, connections: flags.concurrency },
    onFailure: (error) => status.cannotSend(error),
  });
  const pagesOptions = { host, status, sending, view: view.it, inbox: inbox.it };
  await using pages = port === undefined ? undefined : await openWorkerPages({ ...pagesOptions, port });
  if (pages) say(messages.getMessage('info.pages', [pages.url]));
  const job = { flags, signal, program, status, sending, say, view: view.it, inbox: inbox.it };
  const source = mapping?.source ?? flags.source ?? '';
  const { result, exitCode } = await worked(command, { ...job, source, mapping: mapping?.text ?? '' });
  const unread = unreadFeeds(result);
  const about = { host: hostname(), pid: process.pid, ...status.counts, sentForOthers: sending.sent, ...unread };
  return { result: { ...about, report: result }, exitCode: withUnread(exitCode, unread), tellsInterruption: true };
}

/** Delivers as often as it is this worker's turn, until a run has ended, or the signal comes. */
async function worked(command: DeliveringCommand, job: WorkerJob): Promise<Conclusion<SyncResult | null>> {
  const { flags, signal, view, status, sending } = job;
  const { outbox, 'keep-payloads': keepPayloads } = flags;
  await using copy = new StandbyCopy((ending) => openSharedOutbox(outbox, { keepPayloads, signal: ending }));
  while (await stoodBy(job, copy)) {
    status.takeOver();
    try {
      return await deliverRun(command, { flags, signal }, async () => openTurn(command, job, await copy.outbox()));
    } catch (error) {
      if (!isPassing(error)) throw error;
      // Whoever was only too late has changed nothing, and needs the copy again.
      if (!(error instanceof OutboxBusyError)) await copy.close();
      status.giveUp(error);
      await systemClock.sleep(view.length / 3, signal);
    }
  }
  // What it was sending for the active one is answered first.
  await sending.end();
  status.endAsStandby(sending.sent);
  return { result: null, exitCode: exitCodes.done };
}

/** Waits for the turn of this worker. Returns false at the signal. */
async function stoodBy({ flags, signal, view, status, sending }: WorkerJob, copy: StandbyCopy): Promise<boolean> {
  using heap = keepHeapSmall();
  using period = sending.begin();
  const onSeen = status.see.bind(status);
  const onAway = (error: OutboxDatabaseError): void => {
    // Whoever started it for a while starts it again.
    if (flags['exit-when-idle']) throw error;
    status.seeNothing(error);
  };
  return await standBy({ view, copy, signal, clock: systemClock, onSeen, onAway });
}

/** Returns what a worker does from when it has the lease until it has it no longer. */
function openTurn(command: DeliveringCommand, job: WorkerJob, outbox: SharedOutbox): OpenRun {
  const { flags, signal, source, program, inbox, status, say } = job;
  const delivery = deliveryWords(flags);
  const mapping = { name: flags.map === undefined ? '' : resolve(flags.map), text: job.mapping };
  const taking = { command: 'sync worker', flags: { 'exit-when-idle': flags['exit-when-idle'] } } as const;
  const settings = { program, source, files: [], delivery, mapping, taking };
  const own = {
    ...{ program, source, outbox, inbox, signal, settings },
    emptyOutbox: flags['empty-outbox'],
    flushAfter: flags['flush-after'],
    endsWhenIdle: flags['exit-when-idle'],
  };
  return {
    startAgain: startAgainCommand({ settings }, shownPlace(flags.outbox), command.orgName),
    correction: correctionOf({ settings }, shownPlace(flags.outbox), command.orgName),
    outbox,
    keepsOutbox: true,
    stages: new ServeStages((line) => command.log(line), 'taken'),
    deliver: (options) =>
      deliverInbox({
        ...options,
        ...own,
        onActive: () => status.begin(outbox),
        onDrain: () => status.drain(),
        onTaken: ({ transactions }) => {
          if (flags.verbose) say(messages.getMessage('info.taken', [counted(transactions, 'transaction')]));
        },
        onFeedRead: ({ name, rows }) => say(messages.getMessage('info.feedRead', [name, counted(rows, 'row')])),
        onFeedRefused: ({ name, error }) => say(messages.getMessage('warning.feedRefused', [name, error.message])),
        onFeedLeft: ({ name, error }) => say(messages.getMessage('warning.feedLeft', [name, error.message])),
      }),
  };
}

/** Whether another worker goes on, or this one does a little later. */
function isPassing(error: unknown): error is Error {
  if (error instanceof OutboxBusyError || error instanceof OutboxTakenError) return true;
  return error instanceof OutboxDatabaseError && error.isPassing;
}

function closing<T extends { close(): Promise<void> }>(it: T): AsyncDisposable & { readonly it: T } {
  return { it, [Symbol.asyncDispose]: () => it.close() };
}
