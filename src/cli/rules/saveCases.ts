import { Messages } from '@salesforce/core';
import { mustTakeFile, replaceFile } from '../../base/files/replaceFile.js';
import { commandLine } from '../../base/text/commandLine.js';
import { counted } from '../../base/text/counted.js';
import type { ProgramDefinition } from '../../program/index.js';
import type { MemberStates, SimulatedOrg, SimulatedTransaction } from '../../simulation/index.js';
import { mayReplace } from '../askFirst.js';
import type { SimulateTransactionsResult } from '../results/simulationResults.js';
import { wrapped } from '../terminal/terminalText.js';
import type { FileSimulationFlags, SimulatingCommand } from './openVersion.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.rules');

type Saved = NonNullable<SimulateTransactionsResult['saved']>;

/** Makes cases of a simulation while it runs, and saves them at its end. */
export interface CaseSaver {
  readonly onMember: (member: { readonly number: string; readonly id: string }, day: string) => void;
  readonly onTransaction: (transaction: SimulatedTransaction) => void;
  /** Saves nothing if the signal was aborted. */
  save(members: readonly MemberStates[], signal: AbortSignal): Promise<Saved>;
}

interface SavingFlags extends Pick<FileSimulationFlags, 'source' | 'save' | 'answer-flows-empty'> {
  readonly mayWrite: boolean;
  readonly definition: ProgramDefinition | undefined;
}

/**
 * Returns whether cases may be written, before anything starts that takes long.
 * @throws {Error} that names the file, if it cannot be written
 * @throws {SfError} where nobody can be asked
 */
export async function maySaveCases(
  command: SimulatingCommand,
  { save: file, 'no-prompt': isSure }: Pick<FileSimulationFlags, 'save' | 'no-prompt'>,
): Promise<boolean> {
  if (file === undefined) return false;
  await mustTakeFile(file);
  return isSure || mayReplace(command, file);
}

/** Undefined if nothing is to be saved. */
export async function caseSaver(
  command: SimulatingCommand,
  flags: SavingFlags,
  { org: { store }, rules }: SimulatedOrg,
): Promise<CaseSaver | undefined> {
  const { save: file, definition, source, mayWrite } = flags;
  if (file === undefined || !definition) return undefined;
  const { CaseRecorder, provenCases } = await import('../../ruleCases/index.js');
  const recorder = new CaseRecorder({ store, rules });
  return {
    onMember: (member, day) => recorder.meet(member, day),
    onTransaction: (transaction) => recorder.take(transaction),
    async save(members, signal) {
      if (!mayWrite || signal.aborted) return kept(command, { file, leftOut: [] });
      const options = { definition, source, answerFlowsEmpty: flags['answer-flows-empty'], signal };
      const { text, cases, leftOut } = await provenCases(file, recorder.cases(members), options);
      for (const { member, reason } of leftOut) command.warn(messages.getMessage('warning.leftOut', [member, reason]));
      if (text === undefined) return kept(command, { file, leftOut: [...leftOut] });
      await replaceFile(file, text);
      return { file, status: 'written', cases, leftOut: [...leftOut] };
    },
  };
}

function kept(command: SimulatingCommand, { file, leftOut }: Pick<Saved, 'file' | 'leftOut'>): Saved {
  for (const line of wrapped(messages.getMessage('info.kept', [file]), '')) command.log(line);
  return { file, status: 'kept', cases: 0, leftOut };
}

/** What was saved, and the command that runs it. */
export function savedLine(
  { file, cases }: Saved,
  { source, definition }: { readonly source: string; readonly definition: string | undefined },
): string {
  const next = commandLine('test program', { cases: file, source, definition });
  return messages.getMessage('info.saved', [counted(cases, 'case'), file, next]);
}
