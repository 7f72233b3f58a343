import { writeSync } from 'node:fs';
import { Messages } from '@salesforce/core';
import { fileProblem } from '../../base/files/fileProblem.js';
import { exitCodes } from '../errors/exitCodes.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

let isWatched = false;
let reason: string | undefined;
let command: string | undefined;

/**
 * Lets a command continue when its output cannot be written. A reader that has closed the pipe (`| head -1`) is not an
 * error. Output lost for another reason, such as a full disk, ends in one line on standard error and exit code 1.
 *
 * oclif's own listener throws, which would end the process with a stack trace in the middle of its work. This replaces
 * it.
 */
export function watchOutput(): void {
  if (isWatched) return;
  isWatched = true;
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error');
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') reason ??= fileProblem(error)?.reason ?? error.message;
  });
  // There is nowhere left to report this.
  process.stderr.on('error', () => undefined);
  process.on('exit', tell);
  // Without a listener, a write past the file size limit (`ulimit -f`) kills the process. With one, the write fails and
  // is reported.
  process.on('SIGXFSZ', () => undefined);
}

/** Marks the result as stored. @param printing the command that prints the result again */
export function resultIsKept(printing: string): void {
  command = printing;
}

/** Called on exit, because the result is the last thing that is printed. */
function tell(): void {
  if (reason === undefined) return;
  process.exitCode = exitCodes.failed;
  const kept = command === undefined ? [] : [messages.getMessage('warning.output.kept', [command])];
  try {
    writeSync(2, `${[messages.getMessage('warning.output', [reason]), ...kept].join(' ')}\n`);
  } catch {
    // Standard error can be on the same disk.
  }
}
