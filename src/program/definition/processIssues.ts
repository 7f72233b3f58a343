import { tierGroupOf } from './currencyIssues.js';
import { danglingName, namesOf } from './definitionIssue.js';
import type { DefinitionIssue } from './definitionIssue.js';
import type { Process } from './processShapes.js';
import type { ProgramShape } from './programShape.js';

/** Yields processes without what their type needs, and two for the same kind of journals. */
export function* processIssues(program: ProgramShape): Generator<DefinitionIssue> {
  const seen = new Map<string, string>();
  for (const [index, process] of program.processes.entries()) {
    const path = ['processes', index];
    yield* journalTypeIssues(path, process, program);
    if (process.type === 'TierProcessing') {
      const what = `the process "${process.name}" of type TierProcessing`;
      yield* tierGroupOf(path, { what, chosen: process.tierGroup }, program.tierGroups);
    } else if (process.tierGroup !== undefined) {
      yield { path: [...path, 'tierGroup'], message: 'only a process of type TierProcessing has a tierGroup' };
    }
    if (process.type !== 'TransactionJournal') continue;
    const kind = JSON.stringify([process.journalType, process.journalSubtype]);
    const other = seen.get(kind);
    if (other !== undefined) {
      const message = `"${other}" is already for this journal type and subtype; a program has one process for each`;
      yield { path, message };
    }
    seen.set(kind, process.name);
  }
}

function* journalTypeIssues(
  path: DefinitionIssue['path'],
  { type, journalType, journalSubtype }: Process,
  { journalTypes }: ProgramShape,
): Generator<DefinitionIssue> {
  if ((type === 'TransactionJournal') !== (journalType !== undefined)) {
    const kind = 'process of type TransactionJournal';
    const message = journalType === undefined ? `a ${kind} needs a journalType` : `only a ${kind} has a journalType`;
    yield { path: [...path, 'journalType'], message };
    return;
  }
  const section = { section: 'journalTypes', names: namesOf(journalTypes) };
  yield* danglingName([...path, 'journalType'], journalType, section);
  if (journalSubtype === undefined) return;
  const subtypes = journalTypes.find(({ name }) => name === journalType)?.subtypes ?? [];
  const place = { section: 'journalTypes', called: `the journal type "${journalType}"`, names: subtypes };
  yield* danglingName([...path, 'journalSubtype'], journalSubtype, place);
}
