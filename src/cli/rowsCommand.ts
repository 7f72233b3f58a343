import { Messages, SfError } from '@salesforce/core';
import { commandLine } from '../base/text/commandLine.js';
import { verdict } from '../client/index.js';
import { countBy } from './counts.js';
import { attentionLines } from './enrolledRecords.js';
import { exitCodeOf, exitCodes } from './errors/exitCodes.js';
import { inProgramUnlessInterrupted } from './inProgram.js';
import type { ParseFlags, ProgramCommand } from './inProgram.js';
import { findOut } from './keyedOutcome.js';
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
  let notTwice: string | undefined;
  let endedBy: ((error: EndError) => void) | undefined;
  const ended = inProgramUnlessInterrupted(
    command,
    parse,
    async (chosen) => {
      const { program, flags } = chosen;
      const { file, delimiter } = flags;
      again = commandLine(work.words, {
        ...{ file, delimiter, ...work.given(flags), program, 'target-org': command.orgName },
      });
      notTwice = work.notTwice?.(flags);
      if (file === undefined) {
        const record = await work.act(chosen, {}, () => undefined);
        work.show(record);
        return conclusion<S, I, R>([record], program, work);
      }
      const rows = new ServedRows(work);
      endedBy = (error) => {
        rows.end(error);
        if (rows.records.length === 0) return;
        const data = showRows<S, I, R>(command, conclusion<S, I, R>(rows.records, program, work), work);
        Object.assign(error, {
          data,
          actions: actionsAfter(error, notTwice ?? messages.getMessage('info.goOn', [again])),
        });
      };
      await rows.serve(chosen);
      endedBy = undefined;
      const all = conclusion<S, I, R>(rows.records, program, work);
      showRows<S, I, R>(command, all, work);
      if (notTwice !== undefined && all.exitCode !== exitCodes.done) showWrapped(command, notTwice);
      return all;
    },
    () => (notTwice !== undefined && again !== '' ? [notTwice] : findOut(again)),
  );
  return ended.catch((error: unknown) => {
    if (error instanceof SfError) {
      if (notTwice !== undefined && kindOf(error) === 'unknown') error.actions = [notTwice];
      endedBy?.(error);
    }
    throw error;
  });
}

/** What to do when a command has ended in the middle of a file. What is said of a single call is not true of a file. */
function actionsAfter(error: EndError, goOn: string): string[] {
  const isOfCall = error.name === 'InterruptedError' || ['later', 'unknown'].includes(kindOf(error) ?? '');
  return [...(isOfCall ? [] : (error.actions ?? [])), goOn];
}

function kindOf({ cause }: Error): string | undefined {
  return cause instanceof Error ? verdict(cause).kind : undefined;
}

function conclusion<S extends string, I extends RowIdentity, R extends object>(
  records: readonly RowRecord<S, I, R>[],
  program: string,
  { statuses, unclear = [] }: { readonly statuses: readonly (S | RowFailure)[]; readonly unclear?: readonly S[] },
) {
  const inDoubt: readonly string[] = ['unknown', ...unclear];
  const open = records.filter(({ status }) => inDoubt.includes(status)).length;
  const refused = records.filter(({ status }) => status === 'failed').length;
  const result = { program, records: [...records], counts: countBy(records, statuses) };
  return { result, exitCode: exitCodeOf({ refused, open }) };
}

/** Prints what became of the lines of a file, and returns it. */
function showRows<S extends string, I extends RowIdentity, R extends object>(
  command: RowsCommand,
  { result }: ReturnType<typeof conclusion<S, I, R>>,
  { statuses, messages: own }: Pick<RowsWork<RowFlags, S, I, R>, 'statuses' | 'messages'>,
) {
  const { program, records, counts } = result;
  for (const line of attentionLines(records.filter(({ error }) => error))) command.log(line);
  const told = [program, ...statuses.map((status) => countText(counts[status]))];
  showWrapped(command, own.getMessage('info.counts', told));
  return result;
}

function showWrapped(command: RowsCommand, text: string): void {
  for (const line of wrapped(text, '')) command.log(line);
}
