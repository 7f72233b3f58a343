import type { KillKind } from './killStory.js';

const even = { isSkewed: false, losesOutbox: false, isWhole: false } as const;

/** Kinds of feeds and outboxes that processes are killed with, by name. */
export const killKinds = {
  wholeFile: { ...even, level: 0, isWhole: true },
  growingFile: { ...even, level: 0 },
  skewedMembers: { ...even, level: 0, isSkewed: true },
  lostOutbox: { ...even, level: 0, losesOutbox: true },
  markers: { ...even, level: 1 },
  uniqueField: { ...even, level: 2, losesOutbox: true },
  uniqueFieldSkewed: { ...even, level: 2, isSkewed: true, isWhole: true },
} as const satisfies Readonly<Record<string, KillKind>>;
export type KillKindName = keyof typeof killKinds;
export const killKindNames = Object.keys(killKinds) as readonly KillKindName[];

/** Returns the kind of feed that a seed has. */
export function killKindOf(seed: number): KillKindName {
  return killKindNames[(seed - 1) % killKindNames.length]!;
}
