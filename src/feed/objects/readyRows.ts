/** Rows of a feed that code makes: a list, a generator, or a function that gives them anew at each reading. */
export type GivenRows<T> = RowSequence<T> | (() => RowSequence<T>);
type RowSequence<T> = AsyncIterable<T> | Iterable<T>;

/** Most rows that are given together. */
const rowsAtOnce = 1000;

/**
 * Yields rows in groups: all that the sequence has ready, and at least one. So a row of a slow sequence does not wait
 * for later rows, and the rows of a fast one are stored together.
 */
export async function* readyRows<T>(iterator: AsyncIterator<T>): AsyncGenerator<T[], undefined> {
  let next = nextOf(iterator);
  let isPending = false;
  try {
    for (;;) {
      const rows: T[] = [];
      let result: IteratorResult<T> | undefined = await next;
      isPending = false;
      const turn = endOfTurn();
      while (result !== undefined && !result.done && rows.push(result.value) < rowsAtOnce) {
        next = nextOf(iterator);
        // A failure is told after the rows in front of it.
        result = await Promise.race([next, turn]).catch(() => undefined);
        isPending = result === undefined;
      }
      if (rows.length > 0) yield rows;
      if (result?.done) return undefined;
      if (!isPending) next = nextOf(iterator);
    }
  } finally {
    // A generator that is asked for a row answers `return` only after it has that row, which may take for ever.
    const returned = iterator.return?.();
    if (isPending) returned?.catch(() => undefined);
    else await returned;
  }
}

export function iteratorOf<T>(given: GivenRows<T>): AsyncIterator<T> {
  const rows = typeof given === 'function' ? given() : given;
  return Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : asAsync(rows);
}

async function* asAsync<T>(rows: Iterable<T>): AsyncGenerator<T, undefined> {
  yield* rows;
  return undefined;
}

/** The next row. It may fail while nobody waits for it. */
function nextOf<T>(iterator: AsyncIterator<T>): Promise<IteratorResult<T>> {
  const next = iterator.next();
  next.catch(() => undefined);
  return next;
}

function endOfTurn(): Promise<undefined> {
  return new Promise((resolve) => {
    setImmediate(resolve, undefined);
  });
}
