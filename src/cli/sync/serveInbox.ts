import { Messages } from '@salesforce/core';
import { commandLine } from '../../base/text/commandLine.js';
import type { DoorOptions } from '../../door/index.js';
import { askEarly, isPostgresAddress, shownPlace } from '../../sync/index.js';
import type { Mapping } from '../../sync/index.js';
import { chooseProgram } from '../chooseProgram.js';
import type { Conclusion } from '../concludeCommand.js';
import { usageError } from '../feedFlags.js';
import { orgClient } from '../orgClient.js';
import type { OrgName } from '../orgName.js';
import { countText } from '../terminal/terminalText.js';
import type { RunFlags } from './deliverRun.js';
import { serveHandIn } from './handInDoor.js';
import type { HandInResult } from './handInResult.js';
import { InboxLines } from './inboxLines.js';
import { deliveryWords } from './syncFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.serve');

interface ServingCommand {
  readonly orgName: OrgName;
  log(line: string): void;
  logAnyway(line: string): void;
  info(sentence: string): void;
  warn(sentence: string): unknown;
}

interface Serving {
  readonly flags: RunFlags & { readonly outbox: string };
  readonly source: string;
  readonly mapping: Mapping | undefined;
  readonly door: Omit<DoorOptions, 'service'>;
  readonly signal: AbortSignal;
}

/** Whether flags name an outbox that machines share. */
export function isShared<Flags extends Pick<RunFlags, 'outbox'>>(
  flags: Flags,
): flags is Flags & { readonly outbox: string } {
  return flags.outbox !== undefined && isPostgresAddress(flags.outbox);
}

/** The body of `sync serve` with a shared outbox: takes transactions and hands them in, until the signal. */
export async function serveInbox(command: ServingCommand, serving: Serving): Promise<Conclusion<HandInResult>> {
  const { flags, source, mapping, door, signal } = serving;
  mustLeaveDelivery(flags);
  const client = await orgClient(flags, signal);
  const asked = askEarly(client);
  const program = await chooseProgram(client, flags.program, command);
  const { outbox, route, 'unknown-members': unknownMembers } = flags;
  const words = { source, program, outbox: shownPlace(outbox), ...deliveryWords(flags) };
  const worker = commandLine('sync worker', { ...words, 'target-org': command.orgName });
  const log = (line: string): void => command.log(line);
  const lines = new InboxLines({ log, warn: (sentence) => void command.warn(sentence), worker });
  const ended = await serveHandIn({
    service: {
      ...{ client, asked, program, outbox, source, mapping, route, unknownMembers, signal },
      onBacklog: (backlog) => lines.backlog(backlog),
      onAway: (error) => lines.away(error),
    },
    ...{ door, signal },
    onOpen: (opened) => {
      command.logAnyway(messages.getMessage('info.listens', [opened.url]));
      command.info(messages.getMessage('info.handsIn', [opened.outbox, worker]));
    },
    onDrain: () => command.log(messages.getMessage('info.answers')),
  });
  command.log(messages.getMessage('info.stored', [countText(ended.stored), countText(ended.waits)]));
  return { result: { ...ended, program, source }, exitCode: 0, tellsInterruption: true };
}

/** What a transaction may have depends on these. */
const ofTransactions = new Set(['route', 'unknown-members']);

/** @throws {SfError} for flags that say how to deliver, which this process does not do */
export function mustLeaveDelivery(flags: RunFlags): void {
  const [name] = Object.keys(deliveryWords(flags)).filter((each) => !ofTransactions.has(each));
  if (name !== undefined) throw usageError(messages.createError('error.delivers', [name], [name]));
}
