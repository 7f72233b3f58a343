import type { Calculation, FieldDefinition } from './sobject.js';

/**
 * Functions that make the fields of an object definition. Like most fields, a field is createable and updateable unless
 * a trait says otherwise.
 *
 * If the guide gives no size, the default size is assumed: 255 characters for `text()`, 32,000 for `textArea()`, and 18
 * digits with 2 after the point for decimals.
 */
export interface Traits {
  readonly required?: boolean;
  /** Cannot be changed after insert. */
  readonly createOnly?: boolean;
  /** Never written by a caller. */
  readonly readOnly?: boolean;
  /** Read-only, and computed by the org from other fields: how, where the local org computes it too. */
  readonly calculated?: true | Calculation;
  readonly indexed?: boolean;
  readonly idLookup?: boolean;
  readonly unfilterable?: boolean;
  readonly since?: number;
}

type Described = Omit<FieldDefinition, 'createable' | 'updateable'>;

export function textField(length = 255, traits: Traits = {}): FieldDefinition {
  return field({ type: 'string', length }, traits);
}

export function textArea(length = 32_000, traits: Traits = {}): FieldDefinition {
  return field({ type: 'textarea', length }, traits);
}

/** A `Name` given by the caller. */
export function nameField(length = 255): FieldDefinition {
  return textField(length, { required: true, idLookup: true });
}

/** A `Name` that the org assigns as a number. */
export function autoNumber(length = 255): FieldDefinition {
  return { ...textField(length, { readOnly: true, idLookup: true }), autoNumber: true };
}

/** A checkbox always has a default value, which is false by default. */
export function checkbox(traits: Traits & { readonly defaultValue?: boolean } = {}): FieldDefinition {
  return field({ type: 'boolean', defaultValue: traits.defaultValue ?? false }, traits);
}

export function int(traits: Traits & { readonly digits?: number } = {}): FieldDefinition {
  const { digits } = traits;
  return field({ type: 'int', ...(digits !== undefined && { digits }) }, traits);
}

export function long(traits: Traits = {}): FieldDefinition {
  return field({ type: 'long' }, traits);
}

export function double(traits: Traits & Decimals = {}): FieldDefinition {
  return field({ type: 'double', ...decimals(traits) }, traits);
}

export function currency(traits: Traits & Decimals = {}): FieldDefinition {
  return field({ type: 'currency', ...decimals(traits) }, traits);
}

export function percent(traits: Traits & Decimals = {}): FieldDefinition {
  return field({ type: 'percent', ...decimals(traits) }, traits);
}

export function date(traits: Traits = {}): FieldDefinition {
  return field({ type: 'date' }, traits);
}

export function dateTime(traits: Traits = {}): FieldDefinition {
  return field({ type: 'datetime' }, traits);
}

interface PicklistTraits extends Traits {
  readonly defaultValue?: string;
  readonly restricted?: boolean;
  /** Default: 255. */
  readonly length?: number;
}

/** An empty list of values means that they come from the org or from an unpublished value set. */
export function picklist(values: readonly string[], traits: PicklistTraits = {}): FieldDefinition {
  const { defaultValue, restricted, length = 255 } = traits;
  return field(
    {
      type: 'picklist',
      length,
      values,
      ...(defaultValue !== undefined && { defaultValue }),
      ...(restricted && { restricted }),
    },
    traits,
  );
}

interface ReferenceTraits extends Traits {
  /**
   * Whether a write locks the parent. Many loyalty objects refer to the same member, whose balances, tiers and progress
   * the rule engine reads and writes together. It is inferred that these lookups lock like a master-detail
   * relationship.
   */
  readonly locksParent?: boolean;
  readonly onParentDelete?: FieldDefinition['onParentDelete'];
}

export function reference(
  to: string | readonly string[],
  relationshipName: string,
  traits: ReferenceTraits = {},
): FieldDefinition {
  const { locksParent, onParentDelete } = traits;
  return {
    ...field({ type: 'reference', referenceTo: typeof to === 'string' ? [to] : to, relationshipName }, traits),
    ...(locksParent && { locksParent }),
    ...(onParentDelete && { onParentDelete }),
  };
}

/**
 * A master-detail relationship. It is required, cannot be changed after insert, and the record is deleted with its
 * parent. The guide calls most of them lookups. The metadata of a production org shows which fields are master-detail.
 */
export function master(to: string, relationshipName: string, traits: Traits = {}): FieldDefinition {
  return { ...reference(to, relationshipName, { required: true, createOnly: true, ...traits }), masterDetail: true };
}

/** `OwnerId`. Default: the calling user. */
export function owner(): FieldDefinition {
  return { ...reference(['Group', 'User'], 'Owner'), defaultedOnCreate: true };
}

export function email(traits: Traits = {}): FieldDefinition {
  return field({ type: 'email', length: 80 }, traits);
}

export function phone(traits: Traits = {}): FieldDefinition {
  return field({ type: 'phone', length: 40 }, traits);
}

export function url(length = 255, traits: Traits = {}): FieldDefinition {
  return field({ type: 'url', length }, traits);
}

export function base64(traits: Traits = {}): FieldDefinition {
  return field({ type: 'base64' }, traits);
}

/** Makes all fields read-only, for views and other objects that only the org writes. */
export function allReadOnly(fields: Readonly<Record<string, FieldDefinition>>): Record<string, FieldDefinition> {
  const readOnly = { required: false, createable: false, updateable: false };
  return Object.fromEntries(Object.entries(fields).map(([key, definition]) => [key, { ...definition, ...readOnly }]));
}

/** To be spread into the definition of an object that callers can create, update and delete. */
export const crud = { createable: true, updateable: true, deletable: true } as const;

interface Decimals {
  /** Total number of digits. Default: 18. */
  readonly precision?: number;
  /** Number of digits after the point. Default: 2. */
  readonly scale?: number;
}

function decimals({ precision = 18, scale = 2 }: Decimals): Required<Decimals> {
  return { precision, scale };
}

function field(described: Described, traits: Traits): FieldDefinition {
  const { calculated } = traits;
  const readOnly = traits.readOnly ?? calculated !== undefined;
  return {
    ...described,
    ...(traits.required && { required: true }),
    ...(!readOnly && { createable: true }),
    ...(!readOnly && !traits.createOnly && { updateable: true }),
    ...(calculated && { calculated: true }),
    ...(typeof calculated === 'object' && { calculation: calculated }),
    ...(traits.indexed && { indexed: true }),
    ...(traits.idLookup && { idLookup: true }),
    ...(traits.unfilterable && { unfilterable: true }),
    ...(traits.since !== undefined && { since: traits.since }),
  };
}
