/** The bytes of one stream in two parts. The second can be read even if the first was not read to its end. */
export interface SplitBytes {
  /** Bytes before an offset. */
  readonly front: AsyncIterable<Uint8Array>;
  /** Bytes from the offset on. */
  readonly rest: AsyncIterable<Uint8Array>;
}

export function splitBytes(chunks: AsyncIterator<Uint8Array>, offset: number): SplitBytes {
  let at = 0;
  let left: Uint8Array | undefined;
  async function* front(): AsyncGenerator<Uint8Array, undefined> {
    while (at < offset) {
      const next = await chunks.next();
      if (next.done) return undefined;
      const cut = offset - at;
      at += next.value.length;
      if (cut < next.value.length) left = next.value.subarray(cut);
      yield next.value.subarray(0, cut);
    }
    return undefined;
  }
  async function* rest(): AsyncIterable<Uint8Array> {
    const unread = front();
    while (!(await unread.next()).done);
    if (left !== undefined) yield left;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  }
  return { front: front(), rest: rest() };
}
