import { Messages } from '@salesforce/core';
import { commandLine } from '../../base/text/commandLine.js';
import { counted } from '../../base/text/counted.js';
import { askEarly, handInFiles, isDatabaseAddress, shownPlace } from '../../sync/index.js';
import type { FeedFormat, HandedInFile, Mapping, RejectLimit } from '../../sync/index.js';
import { chooseProgram } from '../chooseProgram.js';
import type { Conclusion } from '../concludeCommand.js';
import { exitCodes } from '../errors/exitCodes.js';
import { usageError } from '../feedFlags.js';
import { orgClient } from '../orgClient.js';
import type { OrgName } from '../orgName.js';
import type { RunFlags } from './deliverRun.js';
import type { FilesHandedIn } from './filesHandedIn.js';
import { isShared, mustLeaveDelivery } from './serveInbox.js';
import { deliveryWords } from './syncFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.start');

interface IntakeCommand {
  readonly orgName: OrgName;
  log(line: string): void;
  info(sentence: string): void;
}

interface IntakeFlags extends RunFlags {
  readonly format: FeedFormat | undefined;
  readonly 'max-rejects': RejectLimit | undefined;
  readonly 'replace-refused': boolean;
}

interface Intake {
  readonly flags: IntakeFlags;
  readonly files: readonly string[];
  readonly mapping: Mapping;
  readonly signal: AbortSignal;
}

/** The body of `sync start --intake-only`: hands in whole files for a shared outbox, and delivers nothing. */
export async function intakeOnly(
  command: IntakeCommand,
  { flags, files, mapping, signal }: Intake,
): Promise<Conclusion<FilesHandedIn>> {
  if (!isShared(flags)) throw usageError(messages.createError('error.intakeNotShared', [flags.outbox ?? '']));
  const stream = files.find((file) => file === '-' || isDatabaseAddress(file));
  if (stream !== undefined) throw usageError(messages.createError('error.intakeOfStream', [stream]));
  mustLeaveDelivery(flags);
  const client = await orgClient(flags, signal);
  const asked = askEarly(client);
  const program = await chooseProgram(client, flags.program, command);
  const { outbox, route, format, 'unknown-members': unknownMembers, 'max-rejects': maxRejects } = flags;
  const handedIn = await handInFiles({
    ...{ client, asked, program, outbox, route, unknownMembers, signal },
    ...{ files, mapping, format, maxRejects, replacesRefused: flags['replace-refused'] },
  });
  const { source } = mapping;
  for (const file of handedIn) for (const line of linesOf(file)) command.log(line);
  const words = { source, program, outbox: shownPlace(outbox), ...deliveryWords(flags) };
  const worker = commandLine('sync worker', { ...words, 'target-org': command.orgName });
  command.info(messages.getMessage(handedIn.length === 1 ? 'info.fileWaits' : 'info.filesWait', [source, worker]));
  const result = { outbox: shownPlace(outbox), program, source, files: handedIn.map(resultOf) };
  const isClean = handedIn.every(({ rejected }) => rejected === 0);
  return { result, exitCode: isClean ? exitCodes.done : exitCodes.attention };
}

function linesOf({ path, number, isNew, replaced, rows, rejected, firstRejection }: HandedInFile): string[] {
  const key = isNew ? 'line.handedIn' : 'line.waitsAlready';
  const lines = [messages.getMessage(key, [path, counted(rows, 'row'), number])];
  for (const each of replaced) lines.push(messages.getMessage('line.replaced', [each]));
  if (firstRejection)
    lines.push(messages.getMessage('line.rejected', [counted(rejected, 'row'), firstRejection.message]));
  return lines;
}

function resultOf({ firstRejection, replaced, ...file }: HandedInFile): FilesHandedIn['files'][number] {
  const { line, message } = firstRejection ?? {};
  return {
    ...file,
    replaced: [...replaced],
    firstRejection: line === undefined || message === undefined ? null : { line, message },
  };
}
