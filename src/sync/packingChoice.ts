import { counted } from '../base/text/counted.js';
import type { RunNote } from '../outbox/index.js';

/** What a run prefers if it cannot have both: to settle transactions early, or to make few calls. */
export type Preference = 'speed' | 'calls';

/** Calls are few if fewer than this many times the requests that are needed are left. */
const enoughCalls = 3;

export interface PackingChoiceOptions {
  /** What the operator wants. Undefined: it depends on the calls that are left. */
  readonly prefer?: Preference | undefined;
  /** Returns the calls that this run may still make today. Undefined if the org does not say. */
  readonly callsLeft: () => number | undefined;
}

/**
 * Chooses whether a run prefers speed or few calls. Without a wish it prefers speed, until the calls left today are
 * fewer than three times the requests that are needed. Then it stays with few calls.
 */
export class PackingChoice {
  readonly #options: PackingChoiceOptions;
  /** What was left and what was needed when calls became few. */
  #few: { readonly left: number; readonly needed: number } | undefined;

  constructor(options: PackingChoiceOptions) {
    this.#options = options;
  }

  /** @param needed the fewest requests for everything that is open */
  preference(needed: number): Preference {
    const { prefer, callsLeft } = this.#options;
    if (prefer !== undefined) return prefer;
    const left = callsLeft();
    if (left !== undefined && left < enoughCalls * needed) this.#few ??= { left, needed };
    return this.#few ? 'calls' : 'speed';
  }

  /** Returns what was chosen and why, for the report. */
  note({ requests, fewest }: { readonly requests: number; readonly fewest: number }): RunNote {
    const { prefer } = this.#options;
    const chosen = prefer ?? (this.#few ? 'calls' : 'speed');
    // Fewer were sent if the org had some of it, or if the run was interrupted.
    const result = `sent ${counted(requests, 'request')}. Everything that was open needs at least ${fewest}.`;
    return { code: `prefer-${chosen}`, message: `${this.#reason(chosen)} ${result}` };
  }

  #reason(chosen: Preference): string {
    const what = chosen === 'calls' ? 'To make few calls' : 'To be fast';
    if (this.#options.prefer !== undefined) return `${what}, as asked, the run`;
    if (!this.#few) return `${what}, the run`;
    const { left, needed } = this.#few;
    return `${what}, because only ${counted(left, 'call')} were left today and ${needed} were needed, the run`;
  }
}
