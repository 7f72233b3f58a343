import type { z } from 'zod';

/**
 * @param given texts by column, for the error
 * @throws {InvalidMemberError} if a value is missing, or is not one that the org knows
 */
export function parsedRequest<T>(shape: z.ZodType<T>, request: unknown, given: Readonly<Record<string, unknown>>): T {
  const parsed = shape.safeParse(request);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const column = String(issue?.path.at(-1) ?? 'row');
  const text = given[column];
  throw new InvalidMemberError(column, typeof text === 'string' ? text : undefined, issue?.message ?? '');
}

/** The data of a member cannot be sent. */
export class InvalidMemberError extends Error {
  override readonly name = 'InvalidMemberError';

  constructor(
    readonly column: string,
    readonly value: string | undefined,
    reason: string,
  ) {
    super(value === undefined ? `${column} is missing` : `${column} "${value}": ${reason}`);
  }
}

type Given = Record<string, string | undefined> & { allowDuplicateRecords?: string | boolean | undefined };

/** Drops what has no value. */
export function textual(given: Readonly<Record<string, string | boolean | undefined>>): Given {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Given;
}

const flags: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** @throws {InvalidMemberError} */
export function flagOf(column: string, given: string | boolean | undefined): boolean | undefined {
  if (given === undefined || typeof given === 'boolean') return given;
  const flag = flags.get(given.toLowerCase());
  if (flag === undefined) throw new InvalidMemberError(column, given, 'it is neither true nor false');
  return flag;
}

export function attributeMap(attributes: Readonly<Record<string, string>> = {}): object | undefined {
  return Object.keys(attributes).length === 0 ? undefined : { attributes };
}

export function localNow(): string {
  return localTime(new Date());
}

/** Returns a time as enrollments have it: in the local time of this machine. */
export function localTime(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
