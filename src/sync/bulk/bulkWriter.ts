import type { Delivery, PositionBatch } from '../../outbox/index.js';
import type { OrgJournals } from '../orgJournals.js';
import type { RecordWriter } from '../routes/recordWriter.js';
import type { FailedItem } from '../routes/route.js';
import type { BulkCsv } from './bulkCsv.js';
import type { JobRows } from './jobRows.js';
import { refuseNullMarkers } from './nullMarker.js';
import { RowRange } from './rowRange.js';
import { stretches } from './stretches.js';

/** Items that are in memory at the same time. */
const stretch = 1000;

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
  async write(wanted: readonly number[], writing: Writing): Promise<WrittenRows> {
    const rows: number[] = [];
    const unwritten: FailedItem[] = [];
    for await (const some of stretches(wanted, stretch)) {
      const written = await this.#writeSome(some, writing);
      rows.push(...written.rows);
      unwritten.push(...written.unwritten);
    }
    return { rows, unwritten };
  }

  async #writeSome(wanted: readonly number[], { items, members, csv, rows }: Writing): Promise<WrittenRows> {
    const { writer, journals, delivery } = this.#context;
    const whole = await delivery.read(wanted.flatMap((row) => items[row] ?? []));
    const rowOf = new Map(whole.map((item, index) => [item, wanted[index] ?? NaN]));
    const { records, unwritten } = refuseNullMarkers(await writer.write(whole, members.ids));
    const written = records.map(({ item, fields }) => {
      const row = rowOf.get(item) ?? NaN;
      rows.add({ row, number: journals.numberOf(item), line: csv.lineOf(fields) });
      return row;
    });
    return { rows: written, unwritten };
  }
}

export interface WrittenRows {
  /** In the order in which they were wanted. */
  readonly rows: readonly number[];
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
