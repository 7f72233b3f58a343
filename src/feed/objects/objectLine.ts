import { inspect } from 'node:util';

/**
 * Returns an object as one line of JSON. What JSON has no word for, and would silently leave out, becomes text: a
 * bigint its digits, and NaN, Infinity and an invalid date their names, so that a field that needs a number or a date
 * rejects the row. A Date becomes its instant in UTC. A value that is no object becomes a list: what it is instead, and
 * the value itself to look at.
 */
export function objectLine(value: unknown): string {
  const kind = Object.prototype.toString.call(value).slice('[object '.length, -1);
  if (kind !== 'Object') return notAnObject(`is ${nameOf(value, kind)}, not an object`, value);
  try {
    const line = jsonOf(value);
    return line?.startsWith('{') ? line : notAnObject('is not an object when it is written as JSON', value);
  } catch (error) {
    const [why] = String(error instanceof Error ? error.message : error).split('\n', 1);
    return notAnObject(`cannot be written as JSON (${why ?? ''})`, value);
  }
}

/** What is wrong with a value that is no object, and how it looks. @param line of {@link objectLine} */
export function noObjectOf(line: string): { readonly detail: string; readonly raw: string } {
  const [detail, raw] = JSON.parse(line) as [string, string];
  return { detail, raw };
}

function notAnObject(detail: string, value: unknown): string {
  const raw = inspect(value, { depth: 2, maxStringLength: 1000, maxArrayLength: 20, breakLength: Infinity });
  return JSON.stringify([detail, raw]);
}

function nameOf(value: unknown, kind: string): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value !== 'object') return `of the type ${typeof value}`;
  return /^[AEIOU]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

/** Most objects have nothing that needs a second look, which takes several times as long. */
function jsonOf(value: unknown): string | undefined {
  const plain = plainJson(value);
  return plain === undefined || plain.includes('null') ? JSON.stringify(value, withoutLoss) : plain;
}

function plainJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** @param value after `toJSON`; the holder still has the value before it */
function withoutLoss(this: unknown, key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  const own = value === null ? (this as Readonly<Record<string, unknown>>)[key] : value;
  return own instanceof Date ? String(own) : value;
}
