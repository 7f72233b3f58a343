import type { NetworkState } from '../../support/networkLink.js';

/** What the network of a machine does for a while. */
const states = {
  'network lost': 'lost',
  'answers lost': 'answers lost',
  'network held back': 'held back',
  'connections reset': 'reset',
} as const satisfies Record<string, NetworkState>;

export type NetworkTroubleKind = keyof typeof states;

/** What the machine cannot reach. */
const places = ['without the database', 'without the org', 'without both'] as const;
export type NetworkPlace = (typeof places)[number];

/** For how long, beside a lease of one second. */
const lengths = ['below the lease', 'beyond the lease', 'beyond the settle window'] as const;

export interface NetworkTrouble {
  readonly state: NetworkState;
  readonly place: NetworkPlace;
  readonly length: (typeof lengths)[number];
  /** Milliseconds. */
  readonly range: readonly [number, number];
}

export function isNetworkTrouble(kind: string): kind is NetworkTroubleKind {
  return Object.hasOwn(states, kind);
}

/**
 * Returns a place and a length for a trouble. With the kinds in turns, all 36 combinations come within 36 numbers.
 * @param settle milliseconds of the settle window
 */
export function drawNetworkTrouble(kind: NetworkTroubleKind, number: number, settle: number): NetworkTrouble {
  const state = states[kind];
  // The settle window is as long as what was sent may take to arrive, so nothing is held back for longer.
  const longest = state === 'held back' ? 2 : 3;
  const length = lengths[Math.floor(number / 3) % longest] ?? lengths[0];
  const place = places[number % 3] ?? places[0];
  return { state, place, length, range: rangeOf(length, settle) };
}

function rangeOf(length: NetworkTrouble['length'], settle: number): readonly [number, number] {
  if (length === 'below the lease') return [100, 700];
  return length === 'beyond the lease' ? [1500, 2500] : [settle + 1500, settle + 2500];
}
