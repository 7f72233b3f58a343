/** What time it was in the database when this process asked. */
export interface DatabaseTime {
  /** Milliseconds since the epoch, by the clock of the database. */
  readonly told: number;
  /** By the monotonic clock of this process, in milliseconds: between these two it was so late there. */
  readonly askedAt: number;
  readonly answeredAt: number;
}

/** Returns the latest time that it can be in the database at a time of this process. */
export function latestThere({ told, askedAt }: DatabaseTime, here: number): number {
  return told + here - askedAt;
}

/** Returns the time of this process from which on it is certainly later than a time of the database. */
export function certainlyPassed({ told, answeredAt }: DatabaseTime, there: number): number {
  return answeredAt + there - told;
}
