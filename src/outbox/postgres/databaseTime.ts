/** What time it was in the database when this process asked. Its clock is taken not to be set back meanwhile. */
export interface DatabaseTime {
  /** Milliseconds since the epoch, by the clock of the database. */
  readonly shown: number;
  /** The question left at this time of the monotonic clock of this process, in milliseconds. */
  readonly askedAt: number;
  /** The answer was here at this time of the same clock. */
  readonly answeredAt: number;
}

/** Returns the latest that the clock of the database can show at a monotonic time, in milliseconds since the epoch. */
export function latestDatabaseTime({ shown, askedAt }: DatabaseTime, monotonic: number): number {
  return shown + monotonic - askedAt;
}

/** Returns the monotonic time at which the clock of the database certainly shows this time, or a later one. */
export function monotonicAfter({ shown, answeredAt }: DatabaseTime, databaseTime: number): number {
  return answeredAt + databaseTime - shown;
}
