import { Messages, SfError } from '@salesforce/core';
import { commandLine } from '../base/text/commandLine.js';
import { verdict } from '../client/index.js';
import { countBy } from './counts.js';
import { attentionLines } from './enrolledRecords.js';
import { exitCodeOf } from './errors/exitCodes.js';
import { inProgramUnlessInterrupted } from './inProgram.js';
import type { ParseFlags, ProgramCommand } from './inProgram.js';
import { findOut, lookFirst, repeatForUnknown } from './keyedOutcome.js';
import type { RowFailure, RowFlags, RowIdentity, RowRecord, RowsWork } from './rowsWork.js';
import { ServedRows } from './servedRows.js';
import { countText, wrapped } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.memberRows');

/** An error with which a command ends. */
type EndError = Error & { readonly actions?: readonly string[] };

export interface RowsCommand extends ProgramCommand {
  log(line: string): void;
}

/**
 * Runs a command that serves one, or those of a file one after the other. If it ends in the middle of the file, its error
 * has what became of the lines before as `data`.
 */
export function rowsCommand<F extends RowFlags, S extends string, I extends RowIdentity, R extends object>(
  command: RowsCommand,
  parse: ParseFlags<F>,
  work: RowsWork<F, S, I, R>,
) {
  let again = '';
  let isRepeatable = true;
  let endedBy: ((error: EndError) => void) | undefined;
  const ended = inProgramUnlessInterrupted(
    command,
    parse,
    async (chosen) => {
      const { program, flags } = chosen;
      const { file, delimiter } = flags;
      isRepeatable = work.doesAgain?.(flags) !== true;
      again = commandLine(work.words, {
        ...{ file, delimiter, ...work.given(flags), program, 'target-org': command.orgName },
      });
      if (file === undefined) {
        const record = await work.act(chosen, {}, () => undefined);
        work.show(record);
        return conclusion<S, I, R>([record], program, work);
      }
      const rows = new ServedRows(work);
      const conclude = () => conclusion<S, I, R>(rows.records, program, work);
      endedBy = (error) => {
        rows.end(error);
        if (rows.records.length === 0) return;
        const goOn = messages.getMessage(isRepeatable ? 'info.goOn' : 'info.takeOut', [again]);
        const data = showRows<F, S, I, R>(command, conclude(), work);
        Object.assign(error, { data, actions: actionsAfter(error, goOn) });
      };
      await rows.serve(chosen);
      endedBy = undefined;
      const all = conclude();
      const { counts } = showRows<F, S, I, R>(command, all, work);
      if (counts.unknown > 0)
        for (const line of isRepeatable ? [repeatForUnknown(again)] : lookFirst(again)) command.log(line);
      return all;
    },
    () => (isRepeatable ? findOut(again) : lookFirst(again)),
  );
  return ended.catch((error: unknown) => {
    if (error instanceof SfError) endedBy?.(error);
    throw error;
  });
}

/** What to do when a command has ended in the middle of a file. What is said of a single call is not true of a file. */
function actionsAfter(error: EndError, goOn: string): string[] {
  const kind = error.cause instanceof Error ? verdict(error.cause).kind : undefined;
  const isOfCall = error.name === 'InterruptedError' || kind === 'later' || kind === 'unknown';
  return [...(isOfCall ? [] : (error.actions ?? [])), goOn];
}

function conclusion<S extends string, I extends RowIdentity, R extends object>(
  records: readonly RowRecord<S, I, R>[],
  program: string,
  { statuses, unclear = [] }: { readonly statuses: readonly (S | RowFailure)[]; readonly unclear?: readonly S[] },
) {
  const inDoubt: readonly string[] = ['unknown', ...unclear];
  const open = records.filter(({ status }) => inDoubt.includes(status)).length;
  const refused = records.filter(({ status }) => status === 'failed').length;
  const result = { program, records: [...records], counts: countBy<S | RowFailure>(records, statuses) };
  return { result, exitCode: exitCodeOf({ refused, open }) };
}

/** Prints what became of the lines of a file, and returns it. */
function showRows<F extends RowFlags, S extends string, I extends RowIdentity, R extends object>(
  command: RowsCommand,
  { result }: ReturnType<typeof conclusion<S, I, R>>,
  { statuses, unclear, show, messages: own }: RowsWork<F, S, I, R>,
) {
  const { program, records, counts } = result;
  for (const record of records) if (unclear?.some((each) => each === record.status)) show(record);
  for (const line of attentionLines(records.filter(({ error }) => error))) command.log(line);
  const told = [program, ...statuses.map((status) => countText(counts[status]))];
  for (const line of wrapped(own.getMessage('info.counts', told), '')) command.log(line);
  return result;
}
