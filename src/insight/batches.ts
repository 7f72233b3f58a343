/** Members that a query asks for together. */
export const membersAtOnce = 400;

/** Collects rows into lists of at most this many. Memory holds one of them. */
export async function* inBatches<T>(
  rows: Iterable<T> | AsyncIterable<T>,
  atMost: number,
): AsyncGenerator<T[], void, void> {
  let batch: T[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < atMost) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
