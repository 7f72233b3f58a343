import { Messages, SfError } from '@salesforce/core';
import { fileProblem } from '../base/fileProblem.js';
import { LoyaltyApiError, LoyaltyProcessError, LostAnswerError, verdict } from '../client/index.js';
import type { StopReason } from '../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

/** Exit code of a command that can be repeated as it is when the reason is gone. */
const unfinished = 69;

/**
 * Runs a command's work and turns what it throws into an error that a person can act on: the org's own code and words,
 * and what to do next. Errors that nobody foresaw stay as they are.
 */
export async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Error ? explain(error) : error;
  }
}

function explain(error: Error): Error {
  if (error instanceof SfError) return error;
  const problem = fileProblem(error);
  if (problem && error.name === 'Error') return messages.createError('error.file', [problem.path, problem.reason]);
  const { actions, exitCode } = adviceFor(error);
  return SfError.create({ name: error.name, message: withCode(error), actions, cause: error, exitCode });
}

/** Why a command stopped before its end, with what it had done until then. */
export function stopError({ code, message, action }: StopReason, data: Parameters<SfError['setData']>[0]): SfError {
  return SfError.create({
    name: code,
    message,
    actions: action === undefined ? [] : [action],
    exitCode: unfinished,
    data,
  });
}

function withCode(error: Error): string {
  if (!(error instanceof LoyaltyApiError)) return error.message;
  return `${error.errorCode ?? `HTTP ${error.status}`}: ${error.message}`;
}

interface Advice {
  readonly actions: string[];
  readonly exitCode: number;
}

function adviceFor(error: Error): Advice {
  if ('actions' in error && Array.isArray(error.actions)) return { actions: error.actions.map(String), exitCode: 1 };
  const judgement = verdict(error);
  if (judgement.kind === 'stop') return { actions: [judgement.toDo], exitCode: isSessionOver(error) ? unfinished : 1 };
  if (error instanceof LoyaltyProcessError) {
    return { actions: messages.getMessages('error.process.actions'), exitCode: 1 };
  }
  if (!(error instanceof LostAnswerError)) return { actions: [], exitCode: 1 };
  return error.mayHaveHappened
    ? { actions: messages.getMessages('error.lost.actions'), exitCode: unfinished }
    : { actions: messages.getMessages('error.unreachable.actions'), exitCode: 1 };
}

function isSessionOver(error: Error): boolean {
  return error instanceof LostAnswerError || (error instanceof LoyaltyApiError && error.status === 401);
}
