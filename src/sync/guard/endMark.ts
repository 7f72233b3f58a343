import { randomUUID } from 'node:crypto';
import type { MarkerRow } from './sourceMarker.js';

/** Longest text of `Clean_End__c`. */
const markLength = 36;

/** Prefix of the mark of a process that ended while its own or earlier requests could still reach the org. */
const inDoubt = 'doubt-';

/**
 * Returns the mark that a process writes, when it ends, into both its outbox and its record in the org. An outbox whose
 * mark equals that of the newest record is up to date. A process that was killed leaves no mark.
 * @param doubtUntil the org's time, in milliseconds since the epoch, after which nothing sent so far can still arrive;
 * undefined if nothing can
 */
export function endMark(doubtUntil?: number): string {
  if (doubtUntil === undefined) return randomUUID();
  return `${inDoubt}${Math.ceil(doubtUntil).toString(36)}-${randomUUID()}`.slice(0, markLength);
}

/** Whether a process ended with this mark when everything that was sent had arrived. */
export function isSettled(mark: string | null): boolean {
  return mark !== null && !mark.startsWith(inDoubt);
}

/**
 * Returns the org's time after which nothing of a process can arrive, according to its record.
 * @param longest milliseconds that a process without a mark may still need
 */
export function openUntil({ Clean_End__c: mark, SystemModstamp }: MarkerRow, longest: number): number {
  if (isSettled(mark)) return 0;
  const told = mark === null ? NaN : Number.parseInt(mark.slice(inDoubt.length), 36);
  return Number.isNaN(told) ? Date.parse(SystemModstamp) + longest : told;
}
