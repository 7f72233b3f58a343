import type { ItemState } from './item.js';
import type { ItemReport, LineReport, Run, RunCounts, RunEnding, RunNote, StopReason } from './runRecord.js';

export interface Runs {
  begin(settings: Record<string, unknown>): Promise<Run>;
  /** Continues the run in this process. Whatever other runs left open belongs to it from now on, too. */
  resume(run: string): Promise<void>;
  end(run: string, ending: RunEnding, stopped?: StopReason): Promise<void>;
  note(run: string, note: RunNote): Promise<void>;
  /** Returns the run with that id, or the latest. */
  find(id?: string): Promise<Run | undefined>;
  /** Returns the latest runs, the newest first, and how many more there are. */
  latest(limit: number): Promise<LatestRuns>;
  /** Returns the ids of the runs that have no end: the one that was begun or resumed last, and then the newest first. */
  withoutEnd(): Promise<readonly string[]>;
  counts(run: string): Promise<RunCounts>;
  /**
   * Yields the items of the run as they were when it last had them, in the order in which they were stored.
   * @param after only those behind this position
   */
  items(run: string, states: readonly ItemState[], after?: number): Iterable<ItemReport>;
  /** Returns the next items of a run that are done, up to the first one that is not, or about which more may be told. */
  doneAfter(run: string, position: ItemPosition, limit: number): DoneItems;
  /** Returns whether all that {@link doneAfter} returned up to this position is still all that the run has, and true. */
  isStillDone(run: string, position: ItemPosition): boolean;
  lines(run: string): Iterable<LineReport>;
  /**
   * Removes the text of the rows of a run from the outbox, because the run's first `lines` lines are in the results
   * files in `folder`. Does nothing for a run that has not ended.
   */
  exported(run: string, folder: string, lines: number): Promise<void>;
}

export interface LatestRuns {
  readonly runs: readonly Run[];
  readonly leftOut: number;
}

/** A place among the items of a run. */
export interface ItemPosition {
  /** The first item that was returned, or any position before it. */
  readonly first: number;
  /** The last one. */
  readonly last: number;
}

export interface DoneItems {
  readonly items: readonly ItemReport[];
  readonly position: ItemPosition;
}
