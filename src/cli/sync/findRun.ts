import { Messages } from '@salesforce/core';
import type { Outbox, Run } from '../../sync/index.js';
import type { ExplainedCommand } from '../errors/actionableErrors.js';
import { startCommand } from '../nextCommands.js';
import { programOf } from './runSettings.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

interface RunFlags {
  readonly run?: string | undefined;
  readonly program?: string | undefined;
}

/**
 * Finds the run with this id, or the latest one. @throws {SfError} if there is none, or if it belongs to another
 * program
 */
export async function findRun(
  outbox: Outbox,
  { run: id, program }: RunFlags,
  { orgName }: ExplainedCommand,
): Promise<Run> {
  const run = await outbox.runs.find(id);
  if (run) return ofProgram(run, program);
  if (id === undefined) throw messages.createError('error.noRun', [outbox.name], [startCommand(outbox.name, orgName)]);
  throw messages.createError('error.unknownRun', [outbox.name, id]);
}

function ofProgram(run: Run, named: string | undefined): Run {
  const program = programOf(run);
  if (named === undefined || named.toLowerCase() === program.toLowerCase()) return run;
  throw messages.createError('error.otherProgram', [run.id, program, named]);
}
