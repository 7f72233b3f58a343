import type { ProgramReport } from '../../../src/insight/index.js';

/** What the reading process has found, besides the features of each member. */
export interface LargeFound extends Pick<ProgramReport, 'measures' | 'groups'> {
  /** Records that were read. */
  readonly rows: number;
  /** Ids of the members of each built-in segment. */
  readonly segments: Readonly<Record<string, readonly string[]>>;
}
