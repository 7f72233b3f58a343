import { Messages, SfError } from '@salesforce/core';
import { fileProblem } from '../../base/files/fileProblem.js';
import type { FileProblem } from '../../base/files/fileProblem.js';
import { isLookUpError, LoyaltyActionError, LoyaltyApiError } from '../../client/index.js';
import type { StopReason } from '../../sync/index.js';
import { adviceFor } from './errorAdvice.js';
import type { AdvisedCommand } from './errorAdvice.js';
import { exitCodes } from './exitCodes.js';
import type { OrgName } from '../orgName.js';
import { watchOutput } from '../terminal/lostOutput.js';
import { lookUpAdvice } from './lookUpAdvice.js';
import { withoutSecretsOf } from '../terminal/withoutSecretsOf.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

/**
 * What error messages need to know about a command. It has no org name if it works in none, and before its flags are
 * parsed.
 */
export type ExplainedCommand = AdvisedCommand & { readonly orgName: OrgName };

/**
 * Runs a command's work and turns its errors into errors that a person can act on, with the org's code and message,
 * what to do next, and the exit code. Unexpected errors are not changed.
 */
export async function explained<T>(command: ExplainedCommand, work: () => Promise<T>): Promise<T> {
  watchOutput();
  try {
    return await work();
  } catch (error) {
    throw error instanceof Error ? withoutSecretsOf(explainedError(error, command)) : error;
  }
}

/** An error as a person can act on it. */
export function explainedError(error: Error, command: AdvisedCommand = {}): Error {
  // Errors of the CLI itself have an exit code already.
  if (error instanceof SfError || 'oclif' in error) return error;
  const problem = fileProblem(error);
  if (problem && error.name === 'Error') return fileError(problem);
  const { actions, exitCode } = isLookUpError(error) ? lookUpAdvice(error, command.orgName) : adviceFor(error, command);
  return SfError.create({ name: error.name, message: withCode(error), actions, cause: error, exitCode });
}

/** Returns the error for a command that stopped early, with the results so far as `data`. */
export function stopError({ code, message, action }: StopReason, data: Parameters<SfError['setData']>[0]): SfError {
  return SfError.create({
    name: code,
    message,
    actions: action === undefined ? [] : [action],
    exitCode: exitCodes.unfinished,
    data,
  });
}

function fileError({ path, reason, missingFolder }: FileProblem): SfError {
  const error = messages.createError('error.file', [path, reason]);
  if (missingFolder !== undefined) error.actions = messages.getMessages('info.createFolder', [missingFolder]);
  return error;
}

function withCode(error: Error): string {
  if (error instanceof LoyaltyApiError) return `${error.errorCode ?? `HTTP ${error.status}`}: ${error.message}`;
  // The message of a refused login has its code.
  const code = error instanceof LoyaltyActionError ? error.errorCode : null;
  return code === null ? error.message : `${code}: ${error.message}`;
}
