import { Messages, SfError } from '@salesforce/core';
import { LoyaltyApiError, LoyaltyProcessError, LostAnswerError, verdict } from '../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

/**
 * Runs a command's work and turns what it throws into an error that a person can act on: the org's own code and words,
 * and what to do next. Errors that nobody foresaw stay as they are.
 */
export async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explain(error);
  }
}

function explain(error: unknown): unknown {
  if (error instanceof SfError || !(error instanceof Error)) return error;
  return SfError.create({
    name: error.name,
    message: withCode(error),
    actions: actionsFor(error),
    cause: error,
    exitCode: isStop(error) ? 69 : 1,
  });
}

function withCode(error: Error): string {
  if (!(error instanceof LoyaltyApiError)) return error.message;
  return `${error.errorCode ?? `HTTP ${error.status}`}: ${error.message}`;
}

function actionsFor(error: Error): string[] {
  if ('actions' in error && Array.isArray(error.actions)) return error.actions.map(String);
  const judgement = verdict(error);
  if (error instanceof LoyaltyApiError && error.status === 401) return messages.getMessages('error.session.actions');
  if (error instanceof LoyaltyApiError && judgement.kind === 'stop') return [judgement.toDo];
  if (error instanceof LoyaltyProcessError) return messages.getMessages('error.process.actions');
  if (error instanceof LostAnswerError) {
    return messages.getMessages(error.mayHaveHappened ? 'error.lost.actions' : 'error.unreachable.actions');
  }
  return [];
}

/** What stops a run stops a single command for the same reason: it can be repeated when the reason is gone. */
function isStop(error: Error): boolean {
  return error instanceof LoyaltyApiError && error.status === 401;
}
