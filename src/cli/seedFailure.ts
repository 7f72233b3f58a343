import { Messages, SfError } from '@salesforce/core';
import { creationExitCode } from './createdProgram.js';
import type { SeedError } from '../seed/index.js';
import { explainedError } from './errors/actionableErrors.js';
import type { ExplainedCommand } from './errors/actionableErrors.js';
import { exitCodes } from './errors/exitCodes.js';
import { toSeedResult } from './seedResult.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.seed.org');

interface SeedPlace {
  /** The command that goes on. */
  readonly again: string;
  /** Folder with summary.md and junit.xml. */
  readonly results: string | undefined;
}

/** The error for a seed that ended in one of its stages, with the report so far as data. */
export function seedFailure(error: SeedError, command: ExplainedCommand, { again, results }: SeedPlace): SfError {
  const { stage, report, cause } = error;
  const goOn = messages.getMessage('error.goOn', [again]);
  const data = toSeedResult(report, results);
  if (cause instanceof Error && cause.name === 'AbortError') {
    const message = messages.getMessage('error.interrupted');
    const { interrupted: exitCode } = exitCodes;
    return SfError.create({ name: 'InterruptedError', message, actions: [goOn], exitCode, data });
  }
  const explained = explainedError(cause instanceof Error ? cause : error, command);
  const known = explained instanceof SfError ? explained : undefined;
  return SfError.create({
    name: explained.name,
    message: messages.getMessage(`error.stage.${stage}`, [explained.message]),
    actions: [...(known?.actions ?? []), goOn],
    cause: error,
    exitCode: creationExitCode(cause) ?? known?.exitCode ?? exitCodes.failed,
    data,
  });
}
