import { checkExpression } from '../expressions/expression.js';
import type { NamedExpression } from '../expressions/rowEvaluator.js';
import { filledBy } from './filledFields.js';
import { columnsOfRule } from './columnsOfRule.js';
import { compileGroupField } from './groupFields.js';
import { compileField } from './mappedFields.js';
import { isGroupRule } from './groupRules.js';
import type { JournalRule } from './groupRules.js';
import type { JournalEntry, MappingFile } from './mappingFile.js';
import type { MappingText, Path } from './mappingText.js';

/** A field of a journal, the rule that makes it, and where the mapping has it. */
export interface MappedField {
  readonly name: string;
  readonly rule: JournalRule;
  readonly path: Path;
}

/** A journal that a row may become. */
export interface MappedJournal {
  /** Ends the key. Undefined if a row becomes one journal, whose key is that of the row. */
  readonly name: string | undefined;
  /** Where the mapping has it. */
  readonly path: Path;
  /** A checked expression. The row becomes this journal if it is true. */
  readonly when: string | undefined;
  /** Path of a list in the row. Each of its elements becomes such a journal. */
  readonly each: string | undefined;
  readonly fields: readonly MappedField[];
}

/** The fields that every journal needs. */
export const requiredFields = ['ActivityDate', 'JournalTypeName'] as const;

/**
 * Checks the journals of a mapping as far as possible without an org. The rest is checked when the org is known.
 * @throws {FeedError} for the first that cannot be used
 */
export function mappedJournals(file: MappingFile, place: MappingText): MappedJournal[] {
  const shared = mappedFields(file.journal ?? {}, ['journal'], place);
  if (!('journals' in file)) return [{ name: undefined, path: [], when: undefined, each: undefined, fields: shared }];
  const names = new Set<string>();
  return file.journals.map((entry, index) => {
    const path = ['journals', index];
    if (names.has(entry.name.toLowerCase()))
      throw place.error([...path, 'name'], `is "${entry.name}" again: the name ends the key, whose case is ignored`);
    names.add(entry.name.toLowerCase());
    return mappedEntry(entry, shared, { path, place });
  });
}

function mappedEntry(
  { name, when, each, journal }: JournalEntry,
  shared: readonly MappedField[],
  { path, place }: { readonly path: Path; readonly place: MappingText },
): MappedJournal {
  if (when !== undefined) place.within([...path, 'when'], () => checkExpression(when));
  const own = mappedFields(journal, [...path, 'journal'], place);
  const isOwn = (field: MappedField): boolean => own.some((each) => isSameField(each, field));
  const fields = [...shared.filter((field) => !isOwn(field)), ...own];
  const missing = requiredFields.find((required) => !fields.some((field) => field.name === required));
  if (missing !== undefined)
    throw place.error([...path, 'journal'], `needs the key \`${missing}\`, here or in the \`journal\` of all`);
  return { name, path, when, each, fields };
}

function mappedFields(rules: Readonly<Record<string, JournalRule>>, section: Path, place: MappingText): MappedField[] {
  const seen: MappedField[] = [];
  for (const [name, rule] of Object.entries(rules)) {
    const path = [...section, name];
    if (!/^\w+$/.test(name))
      throw place.error(path, 'cannot be the name of a field: a name has only letters, digits and underscores');
    const from = filledBy(name);
    if (from !== undefined) throw place.error(path, `is filled from \`${from}\``, `Remove it from the mapping.`);
    const twin = seen.find((each) => isSameField(each, { name }));
    if (twin !== undefined)
      throw place.error(path, `is the same field as ${twin.name}: case is ignored`, 'Remove one of the two.');
    place.within(path, () => (isGroupRule(rule) ? compileGroupField(name, rule) : compileField(name, rule)));
    seen.push({ name, rule, path });
  }
  return seen;
}

function isSameField({ name }: MappedField, { name: other }: Pick<MappedField, 'name'>): boolean {
  return name.toLowerCase() === other.toLowerCase();
}

/** Returns the expressions of a journal in the order of evaluation. */
export function expressionsOfJournal({ when, path, fields }: MappedJournal): NamedExpression[] {
  const condition = when === undefined ? [] : [{ name: 'when', path: [...path, 'when'], source: when }];
  const ofFields = fields.flatMap(({ name, path: place, rule }) =>
    typeof rule === 'object' && 'expression' in rule ? [{ name, path: place, source: rule.expression }] : [],
  );
  return [...condition, ...ofFields];
}

/** Returns the columns of the row that a journal names, without those of the elements of its list. */
export function rowColumnsOf({ fields, each }: MappedJournal): { readonly column: string; readonly path: Path }[] {
  const all = fields.flatMap(({ rule, path }) => columnsOfRule(rule).map((column) => ({ column, path })));
  return each === undefined ? all : all.filter(({ column }) => column !== each && !column.startsWith(`${each}.`));
}
