/** Maximum size of a document in bytes. It is generous for a file that a person writes by hand. */
export const longestDocument = 1024 * 1024;

/** Says what is wrong with a document, and where. Lines and columns begin with 1. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';

  /** @param message follows the place, as in "line 7, column 1: …" */
  constructor(
    message: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(message);
  }
}
