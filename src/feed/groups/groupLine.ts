import type { Mark } from '../../base/rowBytes.js';
import type { FeedEdges } from '../feed.js';
import type { KeyParts } from '../keys/doubts.js';
import type { RowPlace } from '../keys/rowNumbering.js';
import type { LineCell } from '../mapping/mappedFields.js';
import type { FeedRow } from '../mapping/rowMapper.js';
import type { RowError } from '../rowError.js';

/** A row of a feed whose rows are grouped. */
export type GroupLine<Row extends FeedRow = FeedRow> = SkippedLine<Row> | ReadLine<Row>;

/** A row that belongs to no group. */
interface SkippedLine<Row extends FeedRow> {
  readonly kind: 'skipped';
  readonly row: Row;
  readonly at: RowPlace;
}

export interface ReadLine<Row extends FeedRow> {
  readonly kind: 'line';
  readonly row: Row;
  readonly at: RowPlace;
  readonly cell: LineCell;
  /** Values of the columns by which rows are grouped; null where one is empty or cannot be read. */
  readonly parts: KeyParts;
  /** The text of a line that is not a row, if the text is complete. */
  readonly text: string | undefined;
  /** Why it cannot be part of a transaction. */
  readonly error: RowError | undefined;
}

/** Consecutive rows of a feed that are handled together: the lines of a group, or rows without a readable group. */
export interface RowGroup<Row extends FeedRow = FeedRow> {
  readonly start: Mark;
  readonly next: Mark;
  /** Number of rows. */
  readonly rows: number;
  readonly lines: readonly GroupLine<Row>[];
  /** Number of a line that may belong to this group, and cannot be read. */
  readonly doubtfulLine: number | undefined;
  /** Undefined if other groups of the feed are before and behind it. */
  readonly edges: FeedEdges | undefined;
}

/** Returns the lines of a group without the rows that are skipped. */
export function readLinesOf<Row extends FeedRow>({ lines }: RowGroup<Row>): readonly ReadLine<Row>[] {
  return lines.filter((line) => line.kind === 'line');
}

/** Whether it is known to which group a line belongs. */
export function isGrouped<Row extends FeedRow>(
  line: GroupLine<Row>,
): line is ReadLine<Row> & { readonly parts: readonly string[] } {
  return line.kind === 'line' && !line.parts.includes(null);
}
