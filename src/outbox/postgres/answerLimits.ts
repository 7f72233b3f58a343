import type { QueryConfig } from 'pg';

/** Even a database with much to do answers a small statement within this time, in milliseconds. */
const shortest = 1000;
/** Nobody should wait longer for the answer to a small statement, however long a lease is. */
const longest = 10_000;
/** What a slow network sends in a millisecond, in bytes. */
const slowest = 200;

/**
 * How long the answer to a small statement about a lease may take, in milliseconds. A connection on which none comes may
 * be dead: then there is time to ask on another one before the lease has ended.
 * @param lease how long a lease lasts, in milliseconds
 */
export function leaseAnswer(lease: number): number {
  return bounded(lease / 3);
}

/** How long the answer to a statement with so many bytes, or to one that asks for them, may take, in milliseconds. */
export function bytesAnswer(lease: number, bytes = 0): number {
  return bounded(lease) + Math.ceil(bytes / slowest);
}

function bounded(milliseconds: number): number {
  return Math.min(longest, Math.max(shortest, Math.ceil(milliseconds)));
}

/** A statement that the client gives up, and its connection with it, if it is not answered within this time. */
export function answeredWithin(milliseconds: number, text: string, values: unknown[] = []): QueryConfig {
  // The types of the client do not have its time limit.
  const statement = { text, values, query_timeout: milliseconds };
  return statement;
}
