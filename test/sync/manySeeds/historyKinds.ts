import type { Marks } from '../org/marks.js';
import { machinesMarks } from '../org/machinesMarks.js';
import { simulateMachines } from '../org/machinesSimulation.js';
import type { Level } from '../org/machinesSimulation.js';
import { enrollingMarks, simulateEnrolling } from '../org/enrollingSimulation.js';
import { liveMarks, simulateLive } from '../org/liveSimulation.js';
import { requiredMarks } from '../org/requiredMarks.js';
import { sharedMarks, tellSharedHistory } from '../org/sharedHistory.js';
import { simulate } from '../org/simulation.js';

/** A kind of simulated history, made from a seed. */
export interface HistoryKind {
  readonly tell: (seed: number, marks: Marks) => Promise<void>;
  /** The cases that must occur among many histories of this kind. */
  readonly required: readonly string[];
  /** So many histories must be enough to include each of them once. */
  readonly enough: number;
}

function machines(level: Level): HistoryKind {
  return {
    tell: (seed, marks) => simulateMachines(seed, level, marks),
    required: machinesMarks(level),
    enough: 500,
  };
}

/**
 * One outbox in an org with faults; outboxes that are lost, restored or not alone, in orgs of each level; services that
 * follow each other; receipts of members who are enrolled on the way; and machines that share an outbox.
 */
export const historyKinds = {
  plain: { tell: simulate, required: requiredMarks, enough: 150 },
  level0: machines(0),
  level1: machines(1),
  level2: machines(2),
  notHonored: machines('field not honored'),
  live: { tell: simulateLive, required: liveMarks, enough: 40 },
  enrolling: { tell: simulateEnrolling, required: enrollingMarks, enough: 60 },
  shared: { tell: tellSharedHistory, required: sharedMarks, enough: 20 },
} as const satisfies Readonly<Record<string, HistoryKind>>;
export type KindName = keyof typeof historyKinds;
export const kindNames = Object.keys(historyKinds) as readonly KindName[];

/** Returns the kind that a seed has if none is chosen: every second one is plain. */
export function kindOf(seed: number): KindName {
  const ofMachines = kindNames.slice(1);
  return seed % 2 === 0 ? 'plain' : ofMachines[((seed - 1) / 2) % ofMachines.length]!;
}

/** Returns the command that tells one history again. */
export function repeatCommand(seed: number, kind: KindName): string {
  return `npm run test:simulation -- 1 ${seed} ${kind}`;
}
