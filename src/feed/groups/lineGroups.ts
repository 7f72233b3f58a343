import type { BytePosition } from '../bytes/bytePosition.js';
import { FeedError } from '../feedError.js';
import { Doubts } from '../keys/doubts.js';
import type { FeedRow } from '../mapping/rowMapper.js';
import { isGrouped } from './groupLine.js';
import type { GroupLine, RowGroup } from './groupLine.js';

/** Limits of one group, which is kept in memory. A group is a receipt, not a shop. */
export const groupLimits = { lines: 10_000, bytes: 8 * 1024 * 1024 } as const;
/** Beyond this number of doubts, the next group is in doubt, whatever it is. */
const mostDoubts = 16;

/** A group that is not known to be complete. */
interface OpenGroup<Row extends FeedRow> {
  readonly parts: readonly string[];
  readonly lines: GroupLine<Row>[];
  /** Number of lines that belong to the group. */
  count: number;
  doubtfulLine: number | undefined;
}

/**
 * Divides the rows of a feed into groups. Rows that follow each other and have the same values are lines of one group.
 *
 * The law: which rows are together depends only on the rows, and not on how they arrive, or where reading was stopped
 * and continued. So reading can continue at the start of any group and finds the same groups from there on.
 *
 * - Rows that are skipped belong to no group and end none. Groups are divided as if they were not there.
 * - If the group of a row cannot be read, the row may belong to the group before it, the group after it, or both. Neither
 *   can become a transaction before the row is corrected, unless the text of the row shows that it is of another group.
 * - So many such rows that they would fill the memory end a group.
 */
export class LineGroups<Row extends FeedRow> {
  readonly #feed: string;
  readonly #columns: readonly string[];
  readonly #doubts = new Doubts(mostDoubts);
  #boundary: number | undefined;
  /** Whether the next group is the first of the feed. */
  #isFirst: boolean;
  #open: OpenGroup<Row> | undefined;
  /** Rows behind the last line of the open group that are not known to be within it. */
  #behind: GroupLine<Row>[] = [];
  #ready: RowGroup<Row>[] = [];

  /**
   * @param columns by which rows are grouped
   * @param from where reading continues: a group begins behind it, because everything before it was delivered
   */
  constructor(feed: string, columns: readonly string[], from?: BytePosition) {
    this.#feed = feed;
    this.#columns = columns;
    this.#boundary = from?.offset;
    this.#isFirst = (from?.group.rows ?? 0) === 0;
  }

  /** First and last line of the group that is not known to be complete. */
  get openLines(): { readonly first: number; readonly last: number } | undefined {
    const [first, last] = [this.#open?.lines[0], this.#open?.lines.at(-1)];
    return first && last && { first: first.at.line, last: last.at.line };
  }

  /** Returns the groups that are complete by now, each once. */
  take(): RowGroup<Row>[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  /** @throws {FeedError} if a group is too large */
  push(line: GroupLine<Row>): void {
    if (this.#boundary !== undefined && line.at.offset >= this.#boundary) {
      this.#boundary = undefined;
      this.close();
    }
    if (isGrouped(line)) this.#pushGrouped(line);
    else this.#pushOther(line);
  }

  /**
   * Ends the open group.
   * @param isLast whether no row of the feed is known behind it
   */
  close(isLast = false): void {
    const open = this.#open;
    const behind = this.#behind;
    this.#open = undefined;
    this.#behind = [];
    if (open) {
      const doubtfulLine = open.doubtfulLine ?? this.#doubts.about(open.parts)?.line;
      const edges = this.#isFirst || isLast ? { first: this.#isFirst, last: isLast } : undefined;
      this.#ready.push(groupOf(open.lines, { doubtfulLine, edges }));
      this.#isFirst = false;
    }
    for (const line of behind) this.#ready.push(groupOf([line], { doubtfulLine: undefined, edges: undefined }));
  }

  #pushGrouped(line: GroupLine<Row> & { readonly parts: readonly string[] }): void {
    const { parts } = line;
    const open = this.#open;
    if (open?.parts.every((part, index) => part === parts[index]) === true) {
      const doubtful = this.#behind.find(isDoubtful);
      open.doubtfulLine ??= doubtful?.at.line;
      open.lines.push(...this.#behind, line);
      open.count += 1;
      this.#behind = [];
      this.#checkSize(open);
    } else {
      this.close();
      this.#open = { parts, lines: [line], count: 1, doubtfulLine: this.#doubts.about(parts)?.line };
    }
    this.#doubts.clear();
  }

  #pushOther(line: GroupLine<Row>): void {
    if (line.kind === 'line') this.#doubts.add({ line: line.at.line, parts: line.parts, text: line.text });
    this.#behind.push(line);
    const [first = line] = this.#behind;
    const isMuch =
      this.#behind.length > groupLimits.lines || line.row.next.offset - first.at.offset > groupLimits.bytes;
    if (this.#open === undefined || isMuch) this.close();
  }

  /** @throws {FeedError} */
  #checkSize({ parts, lines, count }: OpenGroup<Row>): void {
    const [first, last] = [lines[0], lines.at(-1)];
    if (!first || !last) return;
    const bytes = last.row.next.offset - first.at.offset;
    if (count <= groupLimits.lines && bytes <= groupLimits.bytes) return;
    const values = this.#columns.map((column, index) => `${column} "${parts[index] ?? ''}"`).join(', ');
    const most = `${groupLimits.lines.toLocaleString('en')} lines or ${groupLimits.bytes / 1024 / 1024} MB`;
    throw new FeedError(
      'group-too-large',
      `The lines ${first.at.line} to ${last.at.line} of ${this.#feed} are one group (${values}), but a group has at most ${most}.`,
      ['Let `group` in the mapping name the column of a receipt or an order.'],
    );
  }
}

function isDoubtful<Row extends FeedRow>(line: GroupLine<Row>): boolean {
  return line.kind === 'line';
}

function groupOf<Row extends FeedRow>(
  lines: readonly GroupLine<Row>[],
  more: Pick<RowGroup<Row>, 'doubtfulLine' | 'edges'>,
): RowGroup<Row> {
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) throw new TypeError('A group has a line.');
  return { start: first.row.start, next: last.row.next, rows: lines.length, lines, ...more };
}
