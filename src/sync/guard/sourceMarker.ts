import { z } from 'zod';
import { shortId } from '../../base/sameId.js';
import { LoyaltyApiError, soqlText, verdict } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import { externalTransactionNumber } from '../../transaction.js';

/** The object of `force-app/`: one record for each program, source and epoch. */
export const markerObject = 'Loyalty_Sync_Source__c';

const keyLength = 255;

/** Records read in one call. */
const atOnce = 10;

/** What the sync requires of the object's fields. Those of `force-app/` meet it. */
export const markerFields: Readonly<Record<string, { readonly length?: number; readonly unique?: boolean }>> = {
  Key__c: { length: keyLength, unique: true },
  Program__c: { length: 15 },
  Source__c: { length: 231 },
  Epoch__c: {},
  Owner__c: { length: 36 },
  Host__c: { length: 80 },
  Beat__c: {},
  Clean_End__c: { length: 36 },
};

const MarkerRow = z.object({
  Id: z.string(),
  Source__c: z.string(),
  Epoch__c: z.number(),
  Owner__c: z.string().nullable(),
  Host__c: z.string().nullable(),
  Clean_End__c: z.string().nullable(),
  /** When the record was last written, in the org's time. */
  SystemModstamp: z.string(),
});
export type MarkerRow = z.infer<typeof MarkerRow>;

/** The owner of a marker. */
export interface MarkerOwner {
  /** Random. Its first part is the same for the whole life of an outbox in one place. */
  readonly token: string;
  /** Names the process for a person who looks for it. */
  readonly host: string;
}

/** Records in the org that say whose turn it is to send a source. */
export class SourceMarkers {
  readonly #client: LoyaltyClient;
  readonly #programId: string;

  constructor(client: LoyaltyClient, programId: string) {
    this.#client = client;
    this.#programId = shortId(programId);
  }

  /**
   * Returns the latest records, the greatest epoch first. Sources that differ only in case are different sources, but
   * the org compares them without case. So it is asked again until it shows a record of this source.
   */
  async latest(source: string): Promise<MarkerRow[]> {
    let below: number | undefined;
    for (;;) {
      const rows = await this.#client.query.allRows(this.#select(source, below), MarkerRow);
      const own = rows.filter((row) => row.Source__c === source);
      if (own.length > 0 || rows.length < atOnce) return own;
      below = rows.at(-1)?.Epoch__c;
    }
  }

  /**
   * Raises the epoch by inserting its record. The key is unique, so if two processes raise it at the same time, one is
   * refused. A refusal is not an error: the caller then reads whose record is the newest.
   */
  async raise(source: string, epoch: number, { token, host }: MarkerOwner): Promise<void> {
    const key = externalTransactionNumber(`${this.#programId}:${source}:${epoch}`, keyLength);
    try {
      await this.#client.sobjects.create(markerObject, {
        Key__c: key,
        Program__c: this.#programId,
        Source__c: source,
        Epoch__c: epoch,
        Owner__c: token,
        Host__c: host.slice(0, 80),
      });
    } catch (error) {
      const judgment = verdict(error);
      if (judgment.kind !== 'refused' || judgment.code !== 'DUPLICATE_VALUE') throw error;
    }
  }

  /**
   * Writes the record and reads the newest of its source, in one call and in this order. A deleted record is not
   * written.
   */
  async beat(record: { id: string; source: string }, beat: number): Promise<MarkerRow | undefined> {
    const write = { object: markerObject, id: record.id, fields: { Beat__c: beat } };
    try {
      const rows = await this.#client.sobjects.updateAndQuery(write, this.#select(record.source), MarkerRow);
      const newest = rows.find((row) => row.Source__c === record.source);
      if (newest) return newest;
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    return (await this.latest(record.source))[0];
  }

  async end(id: string, mark: string): Promise<void> {
    await this.#client.sobjects.update(markerObject, id, { Clean_End__c: mark });
  }

  #select(source: string, below?: number): string {
    const older = below === undefined ? '' : `AND Epoch__c < ${below} `;
    return (
      `SELECT ${Object.keys(MarkerRow.shape).join(', ')} FROM ${markerObject} ` +
      `WHERE Program__c = ${soqlText(this.#programId)} AND Source__c = ${soqlText(source)} ${older}` +
      `ORDER BY Epoch__c DESC LIMIT ${atOnce}`
    );
  }
}

function isGone(error: unknown): boolean {
  return error instanceof LoyaltyApiError && ['ENTITY_IS_DELETED', 'NOT_FOUND'].includes(error.errorCode ?? '');
}
