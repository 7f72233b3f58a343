import { Messages } from '@salesforce/core';
import { commandLine } from '../base/text/commandLine.js';
import type { OrgName } from './orgName.js';
import { outboxFromAnywhere } from './outboxPath.js';
import { startAgainCommand, storedDelivery } from './sync/runSettings.js';
import type { DeliveryWords } from './sync/syncFlags.js';
import type {
  NoOutboxError,
  OpenItemsError,
  OutboxDiskError,
  OutboxTakenError,
  PendingTransactionError,
  ResultFilesError,
  UnfinishedRunError,
} from '../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

/** Errors of the sync room that a command follows from, by name: this room knows only their types. */
type Followed =
  | NoOutboxError
  | OpenItemsError
  | OutboxDiskError
  | OutboxTakenError
  | PendingTransactionError
  | ResultFilesError
  | UnfinishedRunError;

const names: readonly string[] = [
  'NoOutboxError',
  'OpenItemsError',
  'OutboxDiskError',
  'OutboxTakenError',
  'PendingTransactionError',
  'ResultFilesError',
  'UnfinishedRunError',
] satisfies Followed['name'][];

/** What the next commands have in common with the one that failed. */
interface FailedCommand {
  /** Name of the org. */
  readonly org: OrgName;
  /** Flags with which the run delivers otherwise than usual. */
  readonly delivery: DeliveryWords;
}

/**
 * Returns what to do about an error of outbox or sync, with complete commands. The library, which throws the error, knows neither
 * the org's name nor the shell. Undefined for other errors.
 */
export function nextCommands(error: Error, { org, delivery }: FailedCommand): string[] | undefined {
  if (!names.includes(error.name)) return undefined;
  const followed = error as Followed;
  const resume = ({ outbox, run }: { readonly outbox: string; readonly run?: string }, words = delivery): string =>
    commandLine('sync resume', { run, outbox, ...words, 'target-org': org });
  switch (followed.name) {
    case 'NoOutboxError':
      return messages.getMessages('error.noOutbox.actions', [startCommand(followed.path, org)]);
    case 'OpenItemsError':
      return messages.getMessages('error.openItems.actions', [
        resume(followed),
        commandLine('sync retry', { outbox: followed.outbox, ...delivery, 'target-org': org }),
      ]);
    case 'OutboxTakenError':
      return followed.isResumable ? [...followed.actions, resume(followed)] : [...followed.actions];
    case 'PendingTransactionError': {
      const { journalId: journal } = followed;
      return messages.getMessages('error.pendingTransaction.actions', [
        commandLine('execute transactions', { journal, 'target-org': org }),
      ]);
    }
    case 'OutboxDiskError':
      return followed.isEmpty ? [...followed.actions] : [...followed.actions, resume({ outbox: followed.path })];
    case 'ResultFilesError':
      return [...followed.actions, reportCommand(followed, org)];
    case 'UnfinishedRunError':
      return followed.startAgain
        ? messages.getMessages('error.startAgain.actions', [startAgainCommand(followed, followed.outbox, org)])
        : messages.getMessages('error.unfinishedRun.actions', [resume(followed, storedDelivery(followed))]);
  }
}

/** The command that begins a run in an outbox. */
export function startCommand(outbox: string, org: OrgName): string {
  return commandLine('sync start', { file: null, map: null, outbox: outboxFromAnywhere(outbox), 'target-org': org });
}

function reportCommand({ run, outbox }: ResultFilesError, org: OrgName): string {
  return commandLine('sync report', { run, outbox, 'results-dir': null, 'target-org': org });
}
