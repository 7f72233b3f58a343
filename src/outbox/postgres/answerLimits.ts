import type { QueryConfig } from 'pg';

/** Even a database with much to do answers a small statement within this time, in milliseconds. */
const shortest = 1000;
/** What a slow network sends in a millisecond, in bytes. */
const slowest = 50;
/** How long a change may take that is small, in milliseconds. */
const smallChange = 10_000;

/**
 * How long the answer to a small statement about a lease may take, in milliseconds. A connection on which none comes may
 * be dead: then there is time to ask on another one before the lease has ended.
 * @param lease how long a lease lasts, in milliseconds
 */
export function leaseAnswer(lease: number): number {
  return Math.max(shortest, Math.floor(lease / 3));
}

/** How long the answer to a change that is stored may take, in milliseconds. */
export function changeAnswer(bytes: number): number {
  return smallChange + Math.ceil(bytes / slowest);
}

/** A statement that the client gives up, and its connection with it, if it is not answered within this time. */
export function answeredWithin(milliseconds: number, text: string, values: unknown[] = []): QueryConfig {
  // The types of the client do not have its time limit.
  const statement = { text, values, query_timeout: milliseconds };
  return statement;
}
