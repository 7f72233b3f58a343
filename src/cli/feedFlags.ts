import { resolve } from 'node:path';
import { Messages, SfError } from '@salesforce/core';
import { exitCodes } from './errors/exitCodes.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.generate.feed');

const fileFlags = ['output-file', 'members-file', 'map-file', 'answers-file'] as const;

/** @throws {SfError} if two flags name the same file, of which one would be lost */
export function requireDifferentFiles(flags: Readonly<Partial<Record<(typeof fileFlags)[number], string>>>): void {
  const seen = new Map<string, string>();
  for (const flag of fileFlags) {
    const path = flags[flag];
    if (path === undefined) continue;
    const other = seen.get(resolve(path));
    if (other !== undefined) throw usageError(messages.createError('error.sameFile', [other, flag, path]));
    seen.set(resolve(path), flag);
  }
}

/** Runs work on the values of flags. @throws {SfError} for a value out of range, with the exit code of a wrong flag */
export function withinRange<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw usageError(SfError.create({ name: 'FlagValueError', message: error.message, cause: error }));
  }
}

export function usageError(error: SfError): SfError {
  error.exitCode = exitCodes.usage;
  return error;
}
