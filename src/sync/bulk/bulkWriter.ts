import type { BareItem, Delivery } from '../../outbox/index.js';
import type { RecordWriter } from '../routes/recordWriter.js';
import type { FailedItem } from '../routes/route.js';
import type { BulkCsv, JobRow } from './bulkCsv.js';
import { refuseNullMarkers } from './nullMarker.js';

/** Items whose content is in memory at the same time. */
const stretch = 1000;

export interface WrittenRows {
  readonly rows: readonly JobRow[];
  /** Items that cannot become rows. Nothing is sent for them. */
  readonly unwritten: readonly FailedItem[];
}

/** Writes items as rows of a job, some at a time, so that the content of all is never in memory. */
export class BulkWriter {
  readonly #writer: RecordWriter;
  readonly #delivery: Delivery;

  constructor(writer: RecordWriter, delivery: Delivery) {
    this.#writer = writer;
    this.#delivery = delivery;
  }

  /** Asks the org for Ids that are not known yet. */
  async write(items: readonly BareItem[], csv: BulkCsv): Promise<WrittenRows> {
    const memberIds = await this.#writer.memberIdsOf(items);
    const rows: JobRow[] = [];
    const unwritten: FailedItem[] = [];
    for (let at = 0; at < items.length; at += stretch) {
      const some = items.slice(at, at + stretch);
      const whole = await this.#delivery.contentOf(some);
      const written = refuseNullMarkers(await this.#writer.write(whole, memberIds));
      unwritten.push(...written.unwritten);
      const fields = new Map(written.records.map((record) => [record.item.seq, record.fields]));
      for (const item of some) {
        const own = fields.get(item.seq);
        if (own) rows.push(csv.rowOf(item, own));
      }
    }
    return { rows, unwritten };
  }
}
