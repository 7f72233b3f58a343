import type { Calculation, FieldDefinition } from './sobject.js';

/**
 * Builders for the rows of an object's field table. A field is createable and updateable unless a trait says
 * otherwise, as most are.
 *
 * Where the guide publishes no size, `text()` takes 255 characters, `textArea()` 32,000, and decimals have 18 digits,
 * 2 of them after the point: all assumptions.
 */
export interface Traits {
  readonly required?: boolean;
  /** Fixed after insert. */
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

export function text(length = 255, traits: Traits = {}): FieldDefinition {
  return field({ type: 'string', length }, traits);
}

export function textArea(length = 32_000, traits: Traits = {}): FieldDefinition {
  return field({ type: 'textarea', length }, traits);
}

/** The `Name` that a caller gives. */
export function name(length = 255): FieldDefinition {
  return text(length, { required: true, idLookup: true });
}

/** The `Name` that the org counts up. */
export function autoNumber(length = 255): FieldDefinition {
  return { ...text(length, { readOnly: true, idLookup: true }), autoNumber: true };
}

/** Every checkbox has a default: false unless given. */
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
  /** 255 unless given. */
  readonly length?: number;
}

/** An empty list of values: the org or an unpublished value set supplies them. */
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
   * The member is the record that loyalty work meets at: the rule engine reads and writes balances, tiers and progress of
   * a member as one. That these lookups lock like a master-detail relationship is inferred.
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
 * A master-detail relationship: required, fixed after insert, and the record is deleted with its parent. The guide calls
 * most of them lookups; the metadata of a production org shows which they are.
 */
export function master(to: string, relationshipName: string, traits: Traits = {}): FieldDefinition {
  return { ...reference(to, relationshipName, { required: true, createOnly: true, ...traits }), masterDetail: true };
}

/** `OwnerId`: the calling user unless another is given. */
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

/** For views and other objects that only the org writes. */
export function allReadOnly(fields: Readonly<Record<string, FieldDefinition>>): Record<string, FieldDefinition> {
  const readOnly = { required: false, createable: false, updateable: false };
  return Object.fromEntries(Object.entries(fields).map(([key, definition]) => [key, { ...definition, ...readOnly }]));
}

/** Spread into an object that callers may create, update and delete. */
export const crud = { createable: true, updateable: true, deletable: true } as const;

interface Decimals {
  /** Digits in all: 18 unless given. */
  readonly precision?: number;
  /** Digits after the point: 2 unless given. */
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
