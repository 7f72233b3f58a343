import type { ChildRelationship, FieldDefinition, FieldType } from '../../sobject.js';

/** What orgs publish about a standard object: its fields, and its children among the business objects. */
export interface PublishedObject {
  readonly fields: Readonly<Record<string, FieldDefinition>>;
  readonly children: readonly ChildRelationship[];
}

/**
 * Reads a table that `npm run business-objects` wrote. A line is a field or a child relationship:
 *
 * ```
 * Name type(size) rights words "Label" : value | value
 * > RelationshipName ChildObject.Field
 * ```
 *
 * Rights: `c` createable, `u` updateable, `-` neither. Words: the flags in `flags`, `to Parent,Parent`, `as Relationship`,
 * `in CompoundField`, `default=value`. A label is given where it cannot be made from the name.
 */
export function readPublished(table: string): PublishedObject {
  const lines = table.split('\n').filter((line) => line !== '');
  return {
    fields: Object.fromEntries(lines.filter((line) => !line.startsWith('>')).map(readField)),
    children: lines.filter((line) => line.startsWith('>')).map(readChild),
  };
}

/**
 * The published fields, with what describes do not tell: how the org computes a field, and which values the local org
 * knows.
 *
 * @throws {Error} for a field that is not published
 */
export function withRules(
  fields: PublishedObject['fields'],
  rules: Readonly<Record<string, Partial<FieldDefinition>>>,
): Record<string, FieldDefinition> {
  const completed = { ...fields };
  for (const [name, rule] of Object.entries(rules)) {
    const field = fields[name];
    if (!field) throw new Error(`no field ${name} is published`);
    completed[name] = { ...field, ...rule };
  }
  return completed;
}

const flags: Readonly<Record<string, Partial<FieldDefinition>>> = {
  required: { required: true },
  defaulted: { defaultedOnCreate: true },
  idLookup: { idLookup: true },
  calculated: { calculated: true },
  autoNumber: { autoNumber: true },
  restricted: { restricted: true },
  unfilterable: { unfilterable: true },
  cascade: { onParentDelete: 'cascade' },
  refuse: { onParentDelete: 'refuse' },
};

const fieldLine = /^(\w+) (\w+)(?:\(([\d,]+)\))? (c?u?|-)((?: [\w=,.]+)*)(?: "([^"]*)")?(?: : (.*))?$/;

function readField(line: string): [string, FieldDefinition] {
  const [matched, name = '', type = '', size, rights = '', words = '', label, values] = fieldLine.exec(line) ?? [];
  if (matched === undefined) throw new Error(`a published table has a line that is not a field: ${line}`);
  const field: FieldDefinition = {
    type: type as FieldType,
    ...sizeOf(type, size),
    ...(rights.includes('c') && { createable: true }),
    ...(rights.includes('u') && { updateable: true }),
    ...(type === 'boolean' && { defaultValue: false }),
    ...readWords(words.split(' ').filter((word) => word !== '')),
    ...(label !== undefined && { label }),
    ...(type === 'picklist' && { values: values?.split(' | ') ?? [] }),
  };
  return [name, field];
}

function sizeOf(type: string, size: string | undefined): Partial<FieldDefinition> {
  if (size === undefined) return {};
  const [first = 0, scale] = size.split(',').map(Number);
  if (scale !== undefined) return { precision: first, scale };
  return type === 'int' ? { digits: first } : { length: first };
}

function readWords(words: readonly string[]): Partial<FieldDefinition> {
  const found: { -readonly [K in keyof FieldDefinition]?: FieldDefinition[K] } = {};
  for (const [index, word] of words.entries()) {
    const next = words[index + 1] ?? '';
    if (word === 'to') found.referenceTo = next.split(',');
    else if (word === 'as') found.relationshipName = next;
    else if (word === 'in') found.partOf = next;
    else if (word.startsWith('default=')) found.defaultValue = readValue(word.slice('default='.length));
    else Object.assign(found, flags[word]);
  }
  return found;
}

function readValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d+$/.test(text) ? Number(text) : text;
}

function readChild(line: string): ChildRelationship {
  const [, name = '', childObject = '', field = ''] = /^> (\w+) (\w+)\.(\w+)$/.exec(line) ?? [];
  return { name, childObject, field };
}
