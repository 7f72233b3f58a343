/** The first bytes of a stream, and the chunks after them. */
export interface ChunksHead {
  readonly head: Buffer;
  readonly others: AsyncIterator<Uint8Array>;
}

/** Reads chunks until their bytes are enough, or until they end. */
export async function readHead(
  chunks: AsyncIterable<Uint8Array>,
  isEnough: (head: Buffer) => boolean,
): Promise<ChunksHead> {
  const others = chunks[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  for (let next = await others.next(); !next.done; next = await others.next()) {
    head = Buffer.concat([head, next.value]);
    if (isEnough(head)) break;
  }
  return { head, others };
}

/** Yields what was read ahead, and then what follows. */
export async function* continued<T>(first: T, others: AsyncIterator<T>): AsyncGenerator<T> {
  try {
    yield first;
    for (let next = await others.next(); !next.done; next = await others.next()) yield next.value;
  } finally {
    await others.return?.();
  }
}
