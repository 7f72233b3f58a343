import type { Pause } from './verdictTable.js';

/** Whether a call that failed took effect nevertheless. */
export type FailureVerdict =
  /** Refused for good. Unless `nothingStored`, look the keys up, because some of the records may be stored. */
  | (Reason & { readonly kind: 'refused'; readonly nothingStored: boolean })
  /** Refused for now. Unless `nothingStored`, look the keys up before sending again. */
  | (Reason & {
      readonly kind: 'later';
      readonly nothingStored: boolean;
      readonly pause: Pause;
      /** Milliseconds that the answer itself asked for. */
      readonly retryAfter?: number;
    })
  /** No call of this run can succeed. Stop, and tell the user what to do. */
  | (Reason & { readonly kind: 'stop'; readonly nothingStored: boolean; readonly toDo: string })
  /** Unknown. Wait until no request can still be on its way, then look the keys up. */
  | (Reason & {
      readonly kind: 'unknown';
      /** Milliseconds that the answer itself asked for. */
      readonly retryAfter?: number;
    })
  /** Send fewer records at a time. Unless `nothingStored`, look the keys up first. */
  | (Reason & { readonly kind: 'tooLarge'; readonly nothingStored: boolean });

interface Reason {
  /** One sentence for a report. Never contains a token or a body. */
  readonly reason: string;
  /** The org's own code, such as `UNABLE_TO_LOCK_ROW`. */
  readonly code: string | null;
}
