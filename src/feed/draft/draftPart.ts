/** A line of the mapping, or several. */
export interface Part {
  readonly lines: readonly string[];
  readonly assumed?: readonly string[];
  readonly open?: string;
}
