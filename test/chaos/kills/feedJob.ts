/** What a process does: it delivers a feed from its outbox until it is done, or killed. */
export interface FeedJob {
  readonly orgUrl: string;
  readonly feed: string;
  readonly mapping: string;
  readonly outbox: string;
  readonly program: string;
  readonly uniqueField: string | undefined;
  /** Speed and origin of the clock: see FastClock. */
  readonly speed: number;
  readonly origin: number;
  /** Milliseconds of that clock. */
  readonly settle: number;
  /** Real milliseconds after which the client gives a request up. */
  readonly timeout: number;
  readonly takeOver: boolean;
  readonly batchSize: number;
  /** Continues the latest run of the outbox, unless it is complete. Otherwise a new run begins. */
  readonly resumes: boolean;
  /** Most rows that are stored in one commit. */
  readonly stretch: number;
  /** The process kills itself at this commit of its outbox, counted from 1, just before or just after it. */
  readonly dies: { readonly at: number; readonly when: 'before' | 'after' } | undefined;
}

/** What a process is doing. It reads until the end of the feed is stored, and sends while a request has no outcome. */
export interface FeedState {
  readonly reads: boolean;
  readonly sends: boolean;
}

export type FeedNews =
  | { readonly is: 'ready' }
  | ({ readonly is: 'state' } & FeedState)
  | { readonly is: 'ended'; readonly how: string; readonly notes: readonly string[]; readonly message?: string };
