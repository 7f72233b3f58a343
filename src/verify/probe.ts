import type { ProbedOrg } from './probedOrg.js';
import type { Need } from './probeProgram.js';

/** What a probe found out. `seen` has codes, counts, types and values that the probe made, but no personal data. */
export type ProbeFinding =
  | { readonly status: 'held' }
  | { readonly status: 'differs'; readonly seen: string }
  | { readonly status: 'unclear'; readonly reason: string };

/** A question to an org about one assumption. */
export interface Probe {
  /** Stable. The last column of docs/fidelity.md names it. */
  readonly id: string;
  /** One sentence that is true if the probe holds. */
  readonly assumption: string;
  readonly needs: readonly Need[];
  /** Most API calls. */
  readonly calls: number;
  readonly ask: (org: ProbedOrg) => Promise<ProbeFinding>;
}

export const held: ProbeFinding = { status: 'held' };

export function differs(seen: string): ProbeFinding {
  return { status: 'differs', seen };
}

export function unclear(reason: string): ProbeFinding {
  return { status: 'unclear', reason };
}

/** Returns `held` if both are equal, or else what was seen. */
export function compared(seen: unknown, expected: unknown): ProbeFinding {
  const text = JSON.stringify(seen);
  return text === JSON.stringify(expected) ? held : differs(`${text} instead of ${JSON.stringify(expected)}`);
}

/** Returns `held` if the list is empty, or else the first few deviations. */
export function noneOf(deviations: readonly string[]): ProbeFinding {
  if (deviations.length === 0) return held;
  const some = deviations.slice(0, shown).join('; ');
  const more = deviations.length - shown;
  return differs(more > 0 ? `${some}; and ${more} more` : some);
}

const shown = 12;
