import { expect } from 'chai';
import { LostAnswerError } from '../../../src/client/index.js';
import type { JournalRun, LoyaltyClient } from '../../../src/client/index.js';
import { SqliteOutbox } from '../../../src/outbox/index.js';
import type { OutboxItem } from '../../../src/outbox/index.js';
import { IngestDriver } from '../../../src/sync/bulk/ingestDriver.js';
import { JobRows } from '../../../src/sync/bulk/jobRows.js';
import type { IngestContext } from '../../../src/sync/bulk/ingestDriver.js';
import { RecordsRoute } from '../../../src/sync/routes/recordsRoute.js';
import type { RecordWriter } from '../../../src/sync/routes/recordWriter.js';
import type { JournalLookUp } from '../../../src/sync/routes/lookUpJournals.js';
import { VirtualClock } from '../../support/virtualClock.js';
import { filled, packed } from '../../outbox/outboxFixture.js';
import { purchases } from '../org/arrayFeed.js';

/** Items of three members, as they are sent. */
async function threeItems(): Promise<readonly OutboxItem[]> {
  await using outbox = SqliteOutbox.inMemory();
  await filled(outbox, purchases(3, ['A1', 'B2', 'C3']));
  return await packed(outbox);
}

describe('an answer for several journals', () => {
  describe('to the action that runs them', () => {
    const run = async (runs: readonly JournalRun[]) => {
      const items = await threeItems();
      const client = { journals: { run: async () => runs } } as unknown as LoyaltyClient;
      const route = new RecordsRoute({
        client,
        writer: undefined as unknown as RecordWriter,
        isBulk: false,
        ...({} as JournalLookUp),
      });
      return route.run(items.map((item, index) => ({ item, journal: { Id: `0lV${index}` } })));
    };
    const ran = (id: string): JournalRun => ({ id, status: 'run' });

    it('all have run: they are done', async () => {
      const { outcomes, failed } = await run(['0lV0', '0lV1', '0lV2'].map(ran));
      expect(outcomes.map(({ to }) => to)).to.deep.equal(['done', 'done', 'done']);
      expect(failed).to.deep.equal([]);
    });

    it('one has failed: it may have undone the others, which are looked up although they say that they have run', async () => {
      const lost: JournalRun = { id: '0lV1', status: 'failed', error: new LostAnswerError('reset', 'Lost.', true) };
      const { outcomes, failed } = await run([ran('0lV0'), lost, ran('0lV2')]);
      expect(outcomes.map(({ to }) => to)).to.deep.equal(['unknown', 'unknown']);
      expect(failed?.map(({ item }) => item.key)).to.deep.equal(['till:2']);
    });
  });

  it('of an ingest job: a row that failed with an Id is looked up, because it is stored', async () => {
    const items = await threeItems();
    const files = {
      successfulResults: 'sf__Id,sf__Created,ExternalTransactionNumber\n0lV1,true,till:1\n',
      failedResults:
        'sf__Id,sf__Error,ExternalTransactionNumber\n0lV2,CANNOT_EXECUTE_FLOW_TRIGGER:after:--,till:2\n,STRING_TOO_LONG:x:Comment --,till:3\n',
    };
    const ingest = {
      // The first connection breaks in the middle of a row.
      results: async (_id: string, file: keyof typeof files, openBody: () => (part: Uint8Array) => void) => {
        openBody()(Buffer.from(files[file].slice(0, -20)));
        openBody()(Buffer.from(files[file]));
      },
    };
    const context = { client: { ingest }, patience: { clock: new VirtualClock(), random: {}, wait: 1 } };
    const driver = new IngestDriver(context as unknown as IngestContext);
    const info = { id: '750', state: 'JobComplete', createdDate: '2026-04-03T08:00:00.000+0000' } as const;
    using rows = new JobRows();
    for (const [row, { key: number }] of items.entries()) rows.add({ row, number });
    rows.uploaded([0, 1, 2]);
    await driver.results('750', info, rows);
    expect([...rows.fatesFrom(0, 3)]).to.deep.equal([
      [0, { fate: 'inserted', journalId: '0lV1' }],
      [1, { fate: 'unclear', journalId: undefined }],
      [2, { fate: 'refused', journalId: undefined }],
    ]);
    expect(rows.failureOf(2)?.code).to.equal('STRING_TOO_LONG');
  });
});
