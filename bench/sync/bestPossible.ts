export interface Delivery {
  /** Rows of each member. */
  readonly members: readonly number[];
  /** Most requests at a time. */
  readonly concurrency: number;
  /** Most journals in a request. */
  readonly batchSize: number;
  /** Share of all rows that must be settled. */
  readonly share: number;
}

/**
 * Returns the fewest round trips after which any client can have settled this share of the rows, in an org that answers
 * each request after one round trip. Times the length of a round trip, it is the shortest time.
 *
 * After r round trips, no connection has had more than r answers, so that no more than C·K·r rows are settled. A member
 * is in one request at a time, once, so that no more than r rows of a member are settled, nor more than it has. Hence
 * the smallest r with min(C·K·r, Σ min(n_m, r)) ≥ share·n. It is a lower bound: the last round of a real client can be
 * less than full.
 */
export function fewestRoundTrips({ members, concurrency, batchSize, share }: Delivery): number {
  const needed = share * members.reduce((sum, rows) => sum + rows, 0);
  const settled = (trips: number): number => {
    const ofMembers = members.reduce((sum, rows) => sum + Math.min(rows, trips), 0);
    return Math.min(concurrency * batchSize * trips, ofMembers);
  };
  let [tooFew, enough] = [0, Math.ceil(Math.max(...members, 0) + needed / (concurrency * batchSize))];
  while (enough - tooFew > 1) {
    const trips = Math.floor((tooFew + enough) / 2);
    if (settled(trips) >= needed) enough = trips;
    else tooFew = trips;
  }
  return enough;
}
