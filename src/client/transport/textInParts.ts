/** A text that is made while it is sent. */
export interface TextInParts {
  /** Length in UTF-8. */
  readonly bytes: number;
  /** Called again if the text is sent again, after a 401: it then begins anew. */
  parts(): Iterable<string>;
}
