import { writeSync } from 'node:fs';
import { Messages } from '@salesforce/core';
import { fileProblem } from '../../base/files/fileProblem.js';
import { exitCodes } from '../errors/exitCode.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

let isWatched = false;
let reason: string | undefined;
let command: string | undefined;

/**
 * Lets a command go on when nobody takes what it prints. A reader that has gone (`| head -1`) is no problem of anybody.
 * Output that is lost for another reason, such as a full disk, ends in one line on standard error and exit code 1.
 *
 * oclif's own listener throws, which would end the process with a stack in the middle of its work. It is taken over.
 */
export function watchOutput(): void {
  if (isWatched) return;
  isWatched = true;
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error');
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') reason ??= fileProblem(error)?.reason ?? error.message;
  });
  // There is nowhere to say so.
  process.stderr.on('error', () => undefined);
  process.on('exit', tell);
  // Without a listener, a write past the limit for files (`ulimit -f`) kills the process; with one, it fails and is told.
  process.on('SIGXFSZ', () => undefined);
}

/** @param printing the command that prints the result another time */
export function resultIsKept(printing: string): void {
  command = printing;
}

/** As late as that, because the last thing that is printed is the result. */
function tell(): void {
  if (reason === undefined) return;
  process.exitCode = exitCodes.failed;
  const kept = command === undefined ? [] : [messages.getMessage('warning.output.kept', [command])];
  try {
    writeSync(2, `${[messages.getMessage('warning.output', [reason]), ...kept].join(' ')}\n`);
  } catch {
    // Standard error may be on the same disk.
  }
}
