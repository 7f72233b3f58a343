import type { Delivery, PositionBatch } from '../../outbox/index.js';
import type { OrgJournals } from '../orgJournals.js';
import type { RecordWriter } from '../routes/recordWriter.js';
import type { FailedItem } from '../routes/route.js';
import type { BulkCsv } from './bulkCsv.js';
import { itemsOfRows } from './itemsOfRows.js';
import type { JobRows } from './jobRows.js';
import { refuseNullMarkers } from './nullMarker.js';
import { RowRange } from './rowRange.js';
import { stretches } from './stretches.js';

/** Items that are in memory at the same time. */
const stretch = 500;

export interface BulkWriterContext {
  readonly writer: RecordWriter;
  readonly delivery: Delivery;
  readonly journals: OrgJournals;
}

/** Writes items as rows of a job, some at a time. */
export class BulkWriter {
  readonly #context: BulkWriterContext;

  constructor(context: BulkWriterContext) {
    this.#context = context;
  }

  /** Asks the org for the Ids of members that are not known yet. */
  async members(shares: PositionBatch['members']): Promise<BatchMembers> {
    let row = 0;
    const rows = new Map<string, RowRange>();
    for (const { member, items } of shares) {
      rows.set(member.toLowerCase(), new RowRange(row, items));
      row += items;
    }
    return { rows, ids: await this.#context.writer.memberIdsOf(new Set(rows.keys())) };
  }

  /** Writes rows. Asks the org for Ids of types that are not known yet. */
  async write(wanted: Uint32Array, writing: Writing): Promise<WrittenRows> {
    const unwritten: FailedItem[] = [];
    for await (const some of stretches(wanted, stretch)) unwritten.push(...(await this.#writeSome(some, writing)));
    const left = new Set(unwritten.map(({ item }) => item.seq));
    const isWritten = (row: number): boolean => !left.has(writing.items[row] ?? NaN);
    return { rows: left.size === 0 ? wanted : wanted.filter(isWritten), unwritten };
  }

  /** Returns what cannot become rows. */
  async #writeSome(wanted: Uint32Array, { items, members, csv, rows }: Writing): Promise<readonly FailedItem[]> {
    const { writer, journals, delivery } = this.#context;
    const whole = await delivery.read(itemsOfRows(wanted, items));
    const rowOf = new Map(whole.map((item, index) => [item, wanted[index] ?? NaN]));
    const { records, unwritten } = refuseNullMarkers(await writer.write(whole, members.ids));
    for (const { item, fields } of records) {
      rows.add({ row: rowOf.get(item) ?? NaN, number: journals.numberOf(item), line: csv.lineOf(fields) });
    }
    return unwritten;
  }
}

export interface WrittenRows {
  /** In the order in which they were wanted. */
  readonly rows: Uint32Array;
  /** Items that cannot become rows. Nothing is sent for them. */
  readonly unwritten: readonly FailedItem[];
}

/** Members that have items in a batch. Their numbers are in lower case. */
export interface BatchMembers {
  /** The rows of each, in their order. */
  readonly rows: ReadonlyMap<string, RowRange>;
  /** Ids in the org. */
  readonly ids: ReadonlyMap<string, string>;
}

export interface Writing {
  /** Positions of the items of the batch in the outbox. */
  readonly items: readonly number[];
  readonly members: BatchMembers;
  readonly csv: BulkCsv;
  readonly rows: JobRows;
}
