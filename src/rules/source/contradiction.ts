import type { Criterion } from '../programRules.js';

/** Returns two criteria that cannot both hold: one of each list, or two of the second list. */
export function contradiction(
  known: readonly Criterion[],
  added: readonly Criterion[],
): readonly [Criterion, Criterion] | undefined {
  for (const [index, one] of added.entries())
    for (const other of [...known, ...added.slice(0, index)])
      if (one.field === other.field && (excludes(one, other) || excludes(other, one))) return [other, one];
  return undefined;
}

/** Whether no value meets both. Only what is certain without knowing the types of fields counts. */
function excludes(one: Criterion, other: Criterion): boolean {
  if (one.operator === 'IsNull') return isWithValue(other);
  const [a, b] = [constantOf(one), constantOf(other)];
  if (a === undefined || b === undefined) return false;
  if (one.operator === 'Equals' && other.operator === 'Equals') return !isSame(a, b);
  if (one.operator === 'Equals' && other.operator === 'NotEquals') return isSame(a, b);
  const [low, high] = [lowest(one, a), highest(other, b)];
  if (low === undefined || high === undefined) return false;
  return low.value > high.value || (low.value === high.value && (low.isOpen || high.isOpen));
}

/** Whether a blank cannot meet it. */
function isWithValue({ operator, text = '', valueType }: Criterion): boolean {
  return operator === 'IsNotNull' || (operator === 'Equals' && valueType === 'Literal' && text !== '');
}

function constantOf({ text, valueType }: Criterion): string | undefined {
  return valueType === 'Literal' && text !== '' ? text : undefined;
}

/** Numbers are equal whatever their digits, and texts whatever their case. */
function isSame(a: string, b: string): boolean {
  const [one, other] = [numberOf(a), numberOf(b)];
  return one !== undefined && other !== undefined ? one === other : a.toLowerCase() === b.toLowerCase();
}

interface Bound {
  readonly value: number;
  /** Whether the value itself is outside. */
  readonly isOpen: boolean;
}

function lowest({ operator }: Criterion, text: string): Bound | undefined {
  return bound(text, operator, ['GreaterThan', 'GreaterThanOrEquals']);
}

function highest({ operator }: Criterion, text: string): Bound | undefined {
  return bound(text, operator, ['LessThan', 'LessThanOrEquals']);
}

function bound(text: string, operator: string, [open, closed]: readonly [string, string]): Bound | undefined {
  const value = numberOf(text);
  const isBound = operator === open || operator === closed || operator === 'Equals';
  return value === undefined || !isBound ? undefined : { value, isOpen: operator === open };
}

function numberOf(text: string): number | undefined {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}
