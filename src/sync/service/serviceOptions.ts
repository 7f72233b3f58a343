import type { Mapping } from '../../feed/index.js';
import type { LiveOptions } from '../syncOptions.js';

/** What a service needs: everything that a run needs, and how long a push may wait for others. */
export interface ServiceOptions extends LiveOptions {
  /** How rows that are pushed become transactions. Without it, only transactions can be pushed. */
  readonly mapping?: Mapping | undefined;
  /**
   * Milliseconds that an accepted transaction waits for others, so that they share a request. A full request leaves at
   * once. Default 50. More of it saves calls of the org's daily limit.
   */
  readonly flushAfter?: number | undefined;
  /** Most pushes that wait to be stored before the service counts as busy. Default 10,000. */
  readonly mostWaiting?: number | undefined;
  /** Most events that wait for one reader of `events()`, until the oldest are dropped. Default 10,000. */
  readonly mostEvents?: number | undefined;
}

export const serviceDefaults = { flushAfter: 50, mostWaiting: 10_000, mostEvents: 10_000 } as const;

/** @throws {RangeError} */
export function checkServiceOptions({ flushAfter, mostWaiting, mostEvents, ...rest }: ServiceOptions): void {
  const { mapping, source } = rest;
  if (mapping && mapping.source !== source)
    throw new RangeError(`The mapping is of the source ${mapping.source}, not of ${source}.`);
  mustBe('flushAfter', flushAfter, 0);
  mustBe('mostWaiting', mostWaiting, 1);
  mustBe('mostEvents', mostEvents, 1);
}

function mustBe(name: string, value: number | undefined, from: number): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= from)) return;
  throw new RangeError(`"${name}" must be a whole number of at least ${from}, not ${value}.`);
}
