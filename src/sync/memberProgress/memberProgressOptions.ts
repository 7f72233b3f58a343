/** How far a member is with one cumulative promotion. */
export interface MemberProgress {
  /** Membership number. */
  readonly member: string;
  readonly promotionId: string;
  readonly promotionName: string;
  /** Name of the engagement attribute, if the org counts in one. */
  readonly attributeName: string | null;
  readonly completed: number;
  readonly target: number | null;
  /** 0 to 100, or more if the org counts past the target. Null without a target. */
  readonly percent: number | null;
  /** What is left until the target. Null without a target. */
  readonly toGo: number | null;
  /** How often the target was reached so far, also in earlier rounds. */
  readonly timesReached: number;
  /** Since when it is known: when the reading began, as an ISO date and time of this machine. */
  readonly asOf: string;
}

/** A member has crossed a threshold upwards. */
export interface CrossedThreshold extends MemberProgress {
  /** Stable: the same crossing has the same id in every process and on every machine. */
  readonly id: string;
  /** Percent. */
  readonly threshold: number;
  /** Counts from 1. A promotion that starts again at its target begins another round. */
  readonly round: number;
}

/** What to do with the progress of the members whose transactions are delivered. */
export interface MemberProgressOptions {
  /** Percentages, whole numbers from 1 to 100, that are told when a member crosses them. Default: none. */
  readonly thresholds?: readonly number[] | undefined;
  /** Called with what has changed. An error that it throws becomes a warning of the process. */
  readonly onProgress?: ((changed: readonly MemberProgress[]) => void) | undefined;
  /**
   * Called for each crossed threshold until its promise is fulfilled, which acknowledges it. If it fails or takes longer
   * than `handlerTimeout`, it is called again after a pause that grows. After a crash it may be called again with the
   * same `id`.
   */
  readonly onThreshold?: ((crossed: CrossedThreshold) => unknown) | undefined;
  /** Shortest time between two readings, in milliseconds. Default 1,000. A longer one saves calls. */
  readonly every?: number | undefined;
  /**
   * Pauses in milliseconds after which a member is read again whose progress has not changed yet: an org may compute it
   * late. Default 2, 10 and 60 seconds.
   */
  readonly readAgain?: readonly number[] | undefined;
  /** Milliseconds for which the end of a run waits for progress that has not changed yet. Default 5,000. */
  readonly lastWait?: number | undefined;
  /** Pauses in milliseconds before a failed `onThreshold` is called again. Default 1, 4, 15 and 60 seconds. */
  readonly tellAgain?: readonly number[] | undefined;
  /** Milliseconds after which a call of `onThreshold` counts as failed. Default 30,000. */
  readonly handlerTimeout?: number | undefined;
}

export const memberProgressDefaults = {
  thresholds: [] as readonly number[],
  every: 1000,
  readAgain: [2000, 10_000, 60_000] as readonly number[],
  lastWait: 5000,
  tellAgain: [1000, 4000, 15_000, 60_000] as readonly number[],
  handlerTimeout: 30_000,
} as const;

/** Checks the options. @throws {RangeError} */
export function checkMemberProgress(options: MemberProgressOptions | undefined): void {
  const { thresholds = [], every, readAgain = [], tellAgain = [], lastWait, handlerTimeout } = options ?? {};
  const bad = thresholds.find((each) => !(Number.isInteger(each) && each >= 1 && each <= 100));
  if (bad !== undefined)
    throw new RangeError(`A threshold of "memberProgress" must be a whole number from 1 to 100, not ${bad}.`);
  const times = { every, lastWait, handlerTimeout };
  for (const [name, value] of Object.entries(times)) mustBeTime(name, value);
  for (const pause of readAgain) mustBeTime('readAgain', pause);
  for (const pause of tellAgain) mustBeTime('tellAgain', pause);
}

function mustBeTime(name: string, value: number | undefined): void {
  if (value === undefined || (Number.isFinite(value) && value >= 0)) return;
  throw new RangeError(`"memberProgress.${name}" must be milliseconds of at least 0, not ${value}.`);
}
