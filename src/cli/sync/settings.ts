import { Messages } from '@salesforce/core';
import { z } from 'zod';
import type { Run } from '../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

/** What `sync start` stores with a run, so that `sync resume` can open the same feeds again. */
const SyncSettings = z.object({
  program: z.string(),
  source: z.string(),
  /** Absolute paths; `-` is the standard input, which cannot be read again. */
  files: z.array(z.string()),
  /** The mapping file as it was when the run started: a change to it must not change keys in the middle of a run. */
  mapping: z.object({ name: z.string(), text: z.string() }),
});
type SyncSettings = z.infer<typeof SyncSettings>;

/**
 * How to go on with a run.
 * @param named The program that the command was told, if any.
 * @throws SfError for a run of another program, and for one that somebody's own software has started
 */
export function settingsOf(run: Run, named: string | undefined): SyncSettings {
  const { data } = SyncSettings.safeParse(run.settings);
  if (!data) throw messages.createError('error.foreignRun', [run.id]);
  return { ...data, program: programOf(run, named) };
}

/** The program of a run, whoever started it. @throws SfError for a run of another program than the named one */
export function programOf({ id, settings }: Run, named: string | undefined): string {
  const program = String(settings['program']);
  if (named === undefined || named.toLowerCase() === program.toLowerCase()) return program;
  throw messages.createError('error.otherProgram', [id, program, named]);
}
