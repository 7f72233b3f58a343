import { interchangeableField } from '../../contract/interchangeableNames.js';
import { nearest } from '../../base/text/nearest.js';
import { compileField, requireZone } from './mappedFields.js';
import { filledBy } from './filledFields.js';
import { idInsteadOf, kindOf } from './journalTarget.js';
import type { FieldKind, JournalTarget } from './journalTarget.js';
import type { CompiledJournal } from './makeJournal.js';
import type { MappedField } from './mappedJournals.js';
import type { Mapping } from './mapping.js';
import { compileGroupField } from './groupFields.js';
import { isGroupRule, lineRuleOf } from './groupRules.js';
import type { JournalRule } from './groupRules.js';

/**
 * Returns the journals of a mapping, ready to be made from rows.
 * @throws {FeedError} with the line and the field of a rule that cannot be used
 */
export function compileJournals(
  { journals, group, place }: Mapping,
  target: JournalTarget | undefined,
): CompiledJournal[] {
  return journals.map((mapped) => {
    const fields = mapped.fields.map(({ name, rule, path }) =>
      place.within(path, () => {
        const ofLine = isGroupRule(rule) ? lineRuleOf(rule) : rule;
        if (target === undefined) requireZone(ofLine);
        const described = target?.field(name);
        // Without `group`, no rule is made from the lines of one.
        return group === undefined ? compileField(name, ofLine, described) : compileGroupField(name, rule, described);
      }),
    );
    return { mapped, fields, computed: fields.filter(({ expression }) => expression !== undefined) };
  });
}

/**
 * Checks a mapping against the org's description of TransactionJournal, so that an issue of the mapping is not reported
 * for every row.
 * @throws {FeedError} with the line and the field of the first issue
 */
export function checkJournal(mapping: Mapping, target: JournalTarget): void {
  for (const { fields, path } of mapping.journals) {
    const { required } = target;
    if (required && !fields.some(({ name }) => name === required.name)) {
      const action = `Map ${required.name}, or leave out --route.`;
      throw mapping.place.error(path, `has no ${required.name}, which --route ${required.route} needs`, action);
    }
    for (const field of fields) {
      const problem = problemOfName(field, fields, target) ?? problemOfRule(field, target);
      if (problem) throw mapping.place.error(field.path, problem.what, problem.action);
    }
  }
  compileJournals(mapping, target);
}

/** @property what follows the name of the field */
interface Problem {
  readonly what: string;
  readonly action?: string;
}

/** Autonumbers are not createable, but we know of an org that requires a value for this one. */
const autonumber = 'name';

function problemOfName({ name }: MappedField, all: readonly MappedField[], target: JournalTarget): Problem | undefined {
  const own = target.field(name);
  const standsFor = own === undefined ? interchangeableField(name) : undefined;
  const found = standsFor === undefined ? own : target.field(standsFor);
  const subject = standsFor === undefined ? 'is' : `stands for ${standsFor}, which is`;
  const needed = own === undefined && target.isRecord ? idInsteadOf(name) : undefined;
  if (needed !== undefined) {
    return {
      what: `is a name that only the real-time route knows: records of TransactionJournal have ${needed}`,
      action: `Map ${needed} with the Id, or leave out --route.`,
    };
  }
  if (found === undefined) return unknownField(name, subject, freeNames(all, target));
  if (found.createable !== false || name.toLowerCase() === autonumber) return undefined;
  return {
    what: `${subject} a field of TransactionJournal that this user may not fill in`,
    action: 'Remove it from the mapping, or have the user given edit access to the field.',
  };
}

/** Returns the names that the mapping may fill and does not fill yet. */
function freeNames(journal: readonly MappedField[], { writableNames }: JournalTarget): string[] {
  const taken = new Set(journal.map(({ name }) => name.toLowerCase()));
  return writableNames.filter((name) => filledBy(name) === undefined && !taken.has(name.toLowerCase()));
}

function unknownField(name: string, subject: string, names: readonly string[]): Problem {
  const meant = nearest(name, names);
  const what = `${subject} not a field of TransactionJournal in this org, or is hidden from this user`;
  if (meant === undefined)
    return { what, action: 'Correct or remove it in the mapping, or have the user given access to the field.' };
  return { what: `${what} (did you mean ${meant}?)`, action: `Write ${meant} instead of ${name}, or remove it.` };
}

function problemOfRule({ name, rule }: MappedField, target: JournalTarget): Problem | undefined {
  const described = target.field(name);
  if (described === undefined) return undefined;
  const made = madeBy(rule);
  if (made === undefined || !refuses(made, kindOf(name, described))) return undefined;
  return {
    what: `is of the type ${described.type}, which cannot hold the ${made} that its rule makes`,
    action: `Name a field that can hold a ${made}, or use a rule that fits ${described.name}.`,
  };
}

function madeBy(rule: JournalRule): 'date' | 'number' | undefined {
  if (typeof rule === 'string') return undefined;
  if (isGroupRule(rule))
    return 'sum' in rule || 'count' in rule ? 'number' : 'join' in rule ? undefined : madeBy(lineRuleOf(rule));
  if ('date' in rule) return 'date';
  return 'number' in rule || 'multiply' in rule ? 'number' : undefined;
}

function refuses(made: 'date' | 'number', kind: FieldKind): boolean {
  const fitting: readonly FieldKind[] = made === 'date' ? ['date', 'datetime', 'other'] : ['number', 'text', 'other'];
  return !fitting.includes(kind);
}
