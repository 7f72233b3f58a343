import type { ItemOrigin, ItemState } from './item.js';

/** One invocation of `sync start` or `sync retry`, and every `sync resume` of it. */
export interface Run {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  /** Everything that a resume needs and that is not secret: feeds, mapping file, settings. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly ending: RunEnding | undefined;
  /** Why it ended before its work was done, if something stopped it. */
  readonly stopped: StopReason | undefined;
  /** What a person should know about the run besides its counts. */
  readonly notes: readonly RunNote[];
  /** Folder of the results files. They have the text of the run's rejected rows, which is no longer in the outbox. */
  readonly results: string | undefined;
}

/** `planned` is the end of a dry run. */
export type RunEnding = 'planned' | 'complete' | 'unfinished' | 'interrupted' | 'stopped' | 'failed';

/** Why a run ends before its work is done. */
export interface StopReason {
  readonly code: string;
  readonly message: string;
  /** What a person can do about it. */
  readonly action?: string | undefined;
  /** The mapping or the feed has to be corrected first, which takes a new run: this one keeps its mapping. */
  readonly startAgain?: boolean | undefined;
}

/** One sentence about a run, with a stable code such as `limit` or `feed-grown`. */
export interface RunNote {
  readonly code: string;
  readonly message: string;
}

/**
 * Why a line of a feed is reported: it became no transaction (`rejection`), has the key of an earlier line
 * (`repeated`), contradicts what is known of its key (`conflict`), was refused in an earlier run (`refusedBefore`), or
 * differs from a known transaction only in fields that are not content (`detailsDiffer`, which needs no action).
 */
export type LineKind = 'rejection' | 'repeated' | 'conflict' | 'refusedBefore' | 'detailsDiffer';

/** Results file of a run with the lines that somebody should hear of, and their text. */
export const rejectsFile = 'rejects.csv';

/** A line of a feed that somebody should hear of. */
export interface LineReport {
  readonly kind: LineKind;
  readonly feed: string;
  readonly line: number;
  readonly column?: string | undefined;
  readonly value?: string | undefined;
  readonly key?: string | undefined;
  readonly member?: string | undefined;
  /** Stable code, such as `missing-member`. */
  readonly code: string;
  readonly message: string;
  readonly raw?: string | undefined;
  /** Whether value and raw text have been moved from here to the results files. */
  readonly exported?: boolean | undefined;
}

/** What a line with a known key turned out to be, for lines that are only counted. */
export const countedLines = ['known', 'superseded', 'repeatAccepted', 'forgotten', 'openBefore'] as const;
export type CountedLine = (typeof countedLines)[number];

/** What a line with a transaction turned out to be: see "The same key again" in `docs/sync-protocol.md`. */
export type LineDecision =
  Exclude<ItemOrigin, 'takenUpAgain' | 'carriedOver'> | CountedLine | 'refusedBefore' | 'repeated' | 'conflict';

/**
 * Counts of one run. These equations are true at any moment:
 *
 * - rows: `read = used + skipped + rejected`
 * - transactions, `made = used` unless a mapping makes several of a row: `made = new + corrected + takenUpByItself + known + superseded + repeatAccepted + forgotten +
 *   refusedBefore + openBefore + repeated + conflict`
 * - items: `new + corrected + takenUpByItself + takenUpAgain + carriedOver = done + refused + ready + sent + unknown +
 *   held + parked + conflictInOrg + doubled + replaced`, and `done = sentNow + found`. `withoutEffect` and `cancelled` are
 *   parts of `done`; `detailsDiffer` is a part of what is known.
 */
export interface RunCounts {
  readonly rows: { readonly read: number; readonly used: number; readonly skipped: number; readonly rejected: number };
  readonly transactions: Readonly<
    Record<
      | 'made'
      | Exclude<ItemOrigin, 'takenUpAgain' | 'carriedOver'>
      | CountedLine
      | 'detailsDiffer'
      | 'refusedBefore'
      | 'repeated'
      | 'conflict',
      number
    >
  >;
  readonly items: Readonly<
    Record<ItemOrigin | ItemState | 'sentNow' | 'found' | 'withoutEffect' | 'cancelled', number>
  >;
}

/** An item in a report, with everything that a person or a script needs in order to act on it. */
export interface ItemReport {
  readonly key: string;
  readonly member: string;
  /** Where its content was read; undefined for a key that was taken over from the org. */
  readonly feed: string | undefined;
  readonly line: number | undefined;
  readonly state: ItemState;
  readonly origin: ItemOrigin;
  readonly journalId: string | undefined;
  readonly code: string | undefined;
  readonly message: string | undefined;
  /** How often it was sent. */
  readonly attempts: number;
  /** How often it failed since it was last settled. */
  readonly tries: number;
  /** How often it was taken up again. */
  readonly retries: number;
  /** Whether a look-up found it in the org. */
  readonly found: boolean;
  /** False if the org's answer showed that nothing changed for the member. */
  readonly effect: boolean | undefined;
  /** Key of the parked item of the same member that keeps a ready item from being sent. */
  readonly waitsFor: string | undefined;
}

/** An item of a key, where it is now. */
export interface KeyItem extends ItemReport {
  /** Id of the run that it belongs to. Undefined for a key that was taken over from the org before any run. */
  readonly run: string | undefined;
  /** Milliseconds since the epoch. Undefined for a key that was taken over from the org. */
  readonly storedAt: number | undefined;
  /** False for an item that a correction has replaced. */
  readonly isCurrent: boolean;
}

/** A line that had the key and made no item of its own. */
export interface KeyLine extends LineReport {
  readonly run: string;
}

/** Everything that the outbox knows of a key, the oldest first. */
export interface KeyHistory {
  readonly key: string;
  readonly items: readonly KeyItem[];
  readonly lines: readonly KeyLine[];
  /** Whether its member was erased. Then only this is known. */
  readonly isErased: boolean;
}
