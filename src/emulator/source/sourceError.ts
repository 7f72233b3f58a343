/** The metadata cannot be read. The message is one sentence that names the file and the element. */
export class SourceError extends Error {
  override readonly name = 'SourceError';

  constructor(
    place: string,
    /** What is wrong, without the file: a clause that names the element. */
    readonly complaint: string,
  ) {
    super(`${place}: ${complaint}.`);
  }
}
