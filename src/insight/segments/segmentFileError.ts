import { correctFiles, issuesMessage } from '../../base/text/issuesMessage.js';

/** A mistake in a file of segments. Lines begin with 1. */
export interface SegmentIssue {
  /** Absent if it is about the whole file. */
  readonly line?: number;
  /** A clause without a full stop. */
  readonly message: string;
}

/** All mistakes in a file of segments. */
export class SegmentFileError extends Error {
  override readonly name = 'SegmentFileError';
  readonly actions: readonly string[];

  constructor(
    readonly file: string,
    readonly issues: readonly SegmentIssue[],
  ) {
    const lines = issues.map(({ line, message }) => `${file}${line === undefined ? '' : `, line ${line}`}: ${message}`);
    super(issuesMessage('The segments', lines));
    this.actions = [correctFiles([file])];
  }
}
