import { LostAnswerError, LoyaltyApiError } from '../../../src/client/index.js';
import { ServiceClosedError, ServiceStoppedError } from '../../../src/sync/index.js';
import type { Life } from './life.js';
import type { MortalWatch } from './mortalWatch.js';

/** One process of a history of services. */
export interface LiveProcess {
  readonly number: number;
  readonly life: Life;
  /** Of the file that grows. */
  readonly file: MortalWatch;
  /** Of the folder in which files arrive. */
  readonly folder: MortalWatch;
  /** The last ones are not killed, and the org has no faults. */
  readonly isLast: boolean;
  /** Ends the run in the way that a signal does. */
  readonly interruption: AbortController;
  isOver: boolean;
  feedsInProgress: number;
}

/** It may end during any wait. */
export function hasEnded({ isOver }: LiveProcess): boolean {
  return isOver;
}

/** @throws {unknown} what does not come from the end of a service */
export function unlessClosed(error: unknown): void {
  if (error instanceof ServiceClosedError || error instanceof ServiceStoppedError) return;
  throw error;
}

/** A process ends if the org cannot be reached when it begins. @throws {unknown} anything else */
export function unlessOfOrg(error: unknown, isLast: boolean): void {
  if (!isLast && (error instanceof LoyaltyApiError || error instanceof LostAnswerError)) return;
  throw error;
}

/** How likely a process dies at a moment. */
export function deadliness(moment: string): number {
  if (moment === 'after accept') return 1 / 25;
  if (moment === 'after handler' || moment === 'before told') return 1 / 8;
  return 1 / 600;
}
