import type { Delivery, OutboxItem } from '../../outbox/index.js';
import type { OrgJournals } from '../orgJournals.js';
import type { RecordWriter } from '../routes/recordWriter.js';
import type { FailedItem } from '../routes/route.js';
import type { BulkCsv } from './bulkCsv.js';
import type { JobRows } from './jobRows.js';
import { refuseNullMarkers } from './nullMarker.js';
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

  /**
   * Asks the org for Ids that are not known yet.
   * @param items positions in the outbox
   * @returns items that cannot become rows. Nothing is sent for them
   */
  async write(items: readonly number[], csv: BulkCsv, rows: JobRows): Promise<readonly FailedItem[]> {
    const memberIds = await this.#memberIdsOf(items);
    const unwritten: FailedItem[] = [];
    for await (const some of stretches(items, stretch)) {
      const whole = await this.#context.delivery.read(some);
      unwritten.push(...(await this.#writeSome(whole, { memberIds, csv, rows })));
    }
    return unwritten;
  }

  async #memberIdsOf(items: readonly number[]): Promise<ReadonlyMap<string, string>> {
    const members = new Set<string>();
    for await (const some of stretches(items, stretch)) {
      for (const { member } of await this.#context.delivery.readBare(some)) members.add(member.toLowerCase());
    }
    return this.#context.writer.memberIdsOf(members);
  }

  async #writeSome(items: readonly OutboxItem[], { memberIds, csv, rows }: Writing): Promise<readonly FailedItem[]> {
    const { writer, journals } = this.#context;
    const { records, unwritten } = refuseNullMarkers(await writer.write(items, memberIds));
    for (const { item, fields } of records) {
      const { seq, member } = item;
      rows.add({ item: seq, number: journals.numberOf(item), member, line: csv.lineOf(fields) });
    }
    return unwritten;
  }
}

interface Writing {
  readonly memberIds: ReadonlyMap<string, string>;
  readonly csv: BulkCsv;
  readonly rows: JobRows;
}
