import { Messages } from '@salesforce/core';
import type { OnceResult } from '../sync/index.js';
import { exitCodeOf } from './errors/exitCodes.js';
import type { ExitCode } from './errors/exitCodes.js';
import type { onceStatuses } from './results/recordShapes.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

type Status = (typeof onceStatuses)[number];

export interface OnceOutcome {
  readonly status: Status;
  readonly error?: RecordError;
}

interface RecordError {
  readonly code: string;
  readonly message: string;
}

/**
 * Returns the status of a keyed call, with an error message if it is not done.
 *
 * @param again the command that finds out what became of the call
 */
export function outcomeOf<T>(result: OnceResult<T>, again: string): OnceOutcome {
  switch (result.status) {
    case 'done':
    case 'known':
      return { status: result.status };
    case 'refused':
      return { status: 'refused', error: refusal(result) };
    case 'unknown': {
      const [code, text] =
        result.why === 'lost' ? (['UNKNOWN', 'info.unknown'] as const) : (['IN_PROGRESS', 'info.inProgress'] as const);
      const time = new Date(result.until).toLocaleTimeString();
      return { status: 'unknown', error: { code, message: messages.getMessage(text, [result.message, time, again]) } };
    }
    case 'unclear':
      return { status: 'unclear', error: unclear(result) };
  }
}

/** Returns the exit code for a keyed call. A call that the org turned away for now can be repeated unchanged. */
export function exitCodeAfter<T>(result: OnceResult<T>): ExitCode {
  const isOpen = result.status === 'refused' && ['stop', 'later'].includes(result.failure.kind);
  return exitCodeOf({
    refused: result.status === 'refused' || result.status === 'unclear' ? 1 : 0,
    open: isOpen || result.status === 'unknown' ? 1 : 0,
  });
}

/**
 * Returns what to do after an interruption. @param again the command that finds out; empty while nothing can have been
 * sent
 */
export function findOut(again: string): string[] {
  return again === '' ? [] : messages.getMessages('error.interrupted.actions', [again]);
}

/** What to do about the members whose answers were lost. @param again the command that finds out */
export function repeatForUnknown(again: string): string {
  return messages.getMessage('info.repeat', [again]);
}

/**
 * Returns what to do about a call that may have been carried out, and that would be carried out again.
 *
 * @param again the command; empty while nothing can have been sent
 */
export function lookFirst(again: string): string[] {
  return again === '' ? [] : messages.getMessages('info.lookFirst', [again]);
}

/** An answer that says what failed does not say what was stored by then. */
function unclear({ failure }: Extract<OnceResult<never>, { status: 'unclear' }>): RecordError {
  if (failure === undefined) return { code: 'UNCLEAR', message: messages.getMessage('info.unclear') };
  return { code: failure.code ?? 'UNCLEAR', message: messages.getMessage('info.unclearFailure', [failure.message]) };
}

function refusal({ failure }: Extract<OnceResult<never>, { status: 'refused' }>): OnceOutcome['error'] {
  const message = failure.kind === 'stop' ? `${failure.message} ${failure.toDo}` : failure.message;
  return { code: failure.code ?? failure.kind.toUpperCase(), message };
}
