import { labelOf } from '../../src/emulator/store/model/fieldLabels.js';
import { systemFields } from '../../src/emulator/store/model/systemFields.js';
import type { DocumentedObject } from './documentedFields.js';
import type { DescribedField, Describe } from './publishedSources.js';

export interface ObjectSources {
  readonly name: string;
  /** The newest first. */
  readonly describes: readonly Describe[];
  readonly stubFields: ReadonlySet<string>;
  readonly documented: DocumentedObject;
  readonly deletions: Deletions;
}

/** `Case.AccountId` → what happens to a case when its account is deleted. */
export type Deletions = ReadonlyMap<string, 'cascade' | 'refuse'>;

/** Only the parents tell it. What is both cascading and restricted is kept while it is needed, so it is restricted. */
export function deletionsOf(describes: readonly Describe[]): Deletions {
  const deletions = new Map<string, 'cascade' | 'refuse'>();
  for (const { childSObject, field, cascadeDelete, restrictedDelete } of describes.flatMap(
    (describe) => describe.childRelationships,
  )) {
    if (cascadeDelete || restrictedDelete) {
      deletions.set(`${childSObject}.${field}`, restrictedDelete ? 'refuse' : 'cascade');
    }
  }
  return deletions;
}

/** Longer lists, such as the time zones, are not taken over. */
const mostValues = 60;

/** The hundreds of permissions of a profile, and what the org adds if it has several currencies. */
const leftOut = /^(Permissions|CurrencyIsoCode$)/;

/**
 * Merges what is known of one object into the lines of its table. A field is taken if a describe has it, and if the
 * stubs, which are newer, still have it. A whole describe knows best; what a shortened one leaves out is documented.
 *
 * @throws {Error} when nothing tells who may write a field
 */
export function mergeObject(sources: ObjectSources, objects: readonly string[]): string[] {
  const { describes, stubFields, documented } = sources;
  const fields = new Map<string, DescribedField[]>();
  for (const field of describes.flatMap((describe) => describe.fields)) {
    if (field.custom || field.name in systemFields || leftOut.test(field.name) || !stubFields.has(field.name)) continue;
    fields.set(field.name, [...(fields.get(field.name) ?? []), field]);
  }
  const described = [...fields.values()].map((versions) => fieldLine(versions, sources));
  const others = documented.names.filter((name) => !fields.has(name)).map((name) => documented.lineOf(name) ?? '');
  return [...described, ...others.filter(hasType), ...childLines(describes, objects)];
}

function hasType(line: string): boolean {
  return /^\w+ [a-z0-9]{3,}/.test(line);
}

function fieldLine(versions: readonly DescribedField[], { name, documented, deletions }: ObjectSources): string {
  const [newest] = versions;
  const whole = versions.find(({ createable }) => createable !== undefined);
  if (!newest) return '';
  const known = documented.lineOf(newest.name);
  const deletion = deletions.get(`${name}.${newest.name}`);
  const rest = whole ? `${sizeOf(whole)} ${rightsOf(whole)}` : known?.slice(known.indexOf(' ')).replace(/^ \(/, '(');
  if (rest === undefined) throw new Error(`documentedFields.txt does not tell who may write ${newest.name}`);
  const values = versions.map(valuesOf).find((each) => each.length > 0) ?? [];
  const label = newest.label === labelOf(newest.name) ? '' : ` "${newest.label}"`;
  const line = `${newest.name} ${typeOf(newest)}${rest}${deletion ? ` ${deletion}` : ''}${isUnfilterable(newest) ? ' unfilterable' : ''}${referenceOf(newest)}${label}`;
  return values.length === 0 || values.length > mostValues ? line : `${line} : ${values.join(' | ')}`;
}

/** The notes of a case cannot be filtered but sorted, which the model does not tell apart. */
function isUnfilterable({ filterable, sortable }: DescribedField): boolean {
  return !filterable && !sortable;
}

function typeOf({ type }: DescribedField): string {
  return type === 'combobox' ? 'picklist' : type;
}

function sizeOf({ type, length = 0, digits = 0, precision = 0, scale = 0 }: DescribedField): string {
  if (type === 'reference') return '';
  if (precision > 0) return `(${precision},${scale})`;
  const size = length === 0 ? digits : length;
  return size === 0 ? '' : `(${size})`;
}

function rightsOf(field: DescribedField): string {
  const { type, createable, updateable, defaultedOnCreate, nillable, calculated, autoNumber } = field;
  const values = field.picklistValues.find(({ defaultValue }) => defaultValue)?.value;
  const hasDefault = createable && defaultedOnCreate && type === 'picklist' && values !== undefined;
  return [
    `${createable ? 'c' : ''}${updateable ? 'u' : ''}` || '-',
    ...(createable && !nillable && !defaultedOnCreate && type !== 'boolean' ? ['required'] : []),
    ...(hasDefault && !/\s/.test(values) ? [`default=${values}`] : []),
    ...(createable && defaultedOnCreate && type === 'reference' ? ['defaulted'] : []),
    ...(field.idLookup ? ['idLookup'] : []),
    ...(calculated ? ['calculated'] : []),
    ...(autoNumber || (type === 'string' && field.name.endsWith('Number') && !createable && field.idLookup)
      ? ['autoNumber']
      : []),
    ...(field.restrictedPicklist ? ['restricted'] : []),
    ...(field.compoundFieldName ? [`in ${field.compoundFieldName}`] : []),
  ].join(' ');
}

function referenceOf({ referenceTo, relationshipName }: DescribedField): string {
  if (referenceTo.length === 0) return '';
  return ` to ${referenceTo.join(',')}${relationshipName === null ? '' : ` as ${relationshipName}`}`;
}

function valuesOf({ type, picklistValues }: DescribedField): string[] {
  return type === 'picklist' ? picklistValues.filter(({ active }) => active).map(({ value }) => value) : [];
}

function childLines(describes: readonly Describe[], objects: readonly string[]): string[] {
  const lines = describes
    .flatMap((describe) => describe.childRelationships)
    .filter(({ childSObject, relationshipName }) => relationshipName !== null && objects.includes(childSObject))
    .filter(({ field }) => !field.endsWith('__c'))
    .map(({ childSObject, field, relationshipName }) => `> ${relationshipName} ${childSObject}.${field}`);
  return [...new Set(lines)];
}
