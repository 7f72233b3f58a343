import { Messages } from '@salesforce/core';
import {
  isOfOrg,
  isProcessFailure,
  LostAnswerError,
  LoyaltyApiError,
  LoyaltyProcessError,
  verdict,
} from '../../client/index.js';
import { exitCodes } from './exitCodes.js';
import type { ExitCode } from './exitCodes.js';
import type { OrgName } from '../orgName.js';
import { nextCommands } from '../nextCommands.js';
import type { DeliveryWords } from '../sync/syncFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

/** What a person should do about an error, and its code and exit code for scripts. */
export interface Advice {
  readonly actions: string[];
  readonly exitCode: ExitCode;
}

/** Errors of `src/sync` by name, because this room may import only types from there. Their messages say what to do. */
const ofSync: Readonly<Record<string, ExitCode>> = {
  ErasedKeyError: exitCodes.attention,
  KeyConflictError: exitCodes.attention,
  OutboxAddressError: exitCodes.usage,
  OutboxBusyError: exitCodes.unfinished,
  // A wrong password or a missing right, too: as those of an org.
  OutboxDatabaseError: exitCodes.unfinished,
  OutboxTakenError: exitCodes.unfinished,
  PendingTransactionError: exitCodes.attention,
  StoppedError: exitCodes.unfinished,
};

/** What advice depends on, besides the error. */
export interface AdvisedCommand {
  /** Name of the org, for the commands that are printed. */
  readonly orgName?: OrgName;
  /** Whether the command has the flag `--process`. */
  readonly takesProcess?: boolean;
  /** Flags with which its run delivers otherwise than usual, for the commands that go on with it. */
  readonly delivery?: DeliveryWords;
}

export function adviceFor(error: Error, command: AdvisedCommand = {}): Advice {
  const exitCode = ofSync[error.name];
  const actions = nextCommands(error, { org: command.orgName, delivery: command.delivery ?? {} }) ?? ownActions(error);
  if (exitCode !== undefined) return { actions: actions ?? [], exitCode };
  if (actions) return failed(actions);
  return isOfOrg(error) ? orgAdvice(error, command) : failed([]);
}

function ownActions(error: Error): string[] | undefined {
  return 'actions' in error && Array.isArray(error.actions) ? error.actions.map(String) : undefined;
}

/** The advice about a call that the org may have carried out, for commands that cannot say more. */
const repeatAdvice = messages.getMessages('error.lost.actions');

/** Whether the org may have carried out the call that failed. */
export function isInDoubt(error: unknown): boolean {
  return isOfOrg(error) && !isRead(error) && verdict(error).kind === 'unknown';
}

/** The advice of a command that knows how it is repeated, if it does, instead of the advice to repeat it. */
export function orOwnAdvice(actions: readonly string[], own: readonly string[]): string[] {
  return [...actions.filter((action) => own.length === 0 || !repeatAdvice.includes(action)), ...own];
}

function isRead(error: unknown): boolean {
  return error instanceof Error && 'isRead' in error && error.isRead === true;
}

/** The org, or the way to it, failed: whether a repetition can help decides, whichever command asked. */
function orgAdvice(error: Error, { orgName: org, takesProcess = false }: AdvisedCommand): Advice {
  const judgment = verdict(error);
  switch (judgment.kind) {
    case 'stop':
      return { actions: [withOrg(judgment.toDo, org)], exitCode: exitCodes.unfinished };
    case 'later': {
      const busy = isRead(error) ? 'error.busyRead.actions' : 'error.busy.actions';
      const way = error instanceof LostAnswerError ? 'error.unreachable.actions' : busy;
      return { actions: messages.getMessages(way), exitCode: exitCodes.unfinished };
    }
    case 'unknown': {
      // A page of something between here and the org comes with any status, also with that of a success.
      const isPage =
        error instanceof LoyaltyApiError
          ? error.errorCode === null
          : error instanceof LostAnswerError && error.kind === 'unreadable';
      const what = isPage ? 'error.gateway' : 'error.lost';
      const how = isRead(error) ? `${what}Read.actions` : `${what}.actions`;
      return { actions: messages.getMessages(how), exitCode: exitCodes.unfinished };
    }
    default: {
      const isProcess = error instanceof LoyaltyProcessError && isProcessFailure(error);
      const keys = [
        ...(isProcess ? ['error.process.actions'] : []),
        ...(isProcess && takesProcess ? ['error.processName.actions'] : []),
      ];
      return { actions: keys.flatMap((key) => messages.getMessages(key)), exitCode: exitCodes.attention };
    }
  }
}

/** Somebody with several orgs has to know which one it is about. */
function withOrg(toDo: string, org: OrgName): string {
  return typeof org !== 'string' ? toDo : toDo.replace(/^Log in to the org again/, `Log in to the org ${org} again`);
}

function failed(actions: string[]): Advice {
  return { actions, exitCode: exitCodes.failed };
}
