import { expect } from 'chai';
import type { BatchSender } from '../../../src/sync/batchSender.js';
import { JobRows } from '../../../src/sync/bulk/jobRows.js';
import { RowInserter } from '../../../src/sync/bulk/rowInserter.js';
import type { InserterParts } from '../../../src/sync/bulk/rowInserter.js';
import { VirtualClock } from '../../support/virtualClock.js';

describe('rows that a lock has kept from being written', () => {
  it('are written again at once when their job has ended, and then after pauses that grow', async () => {
    const clock = new VirtualClock();
    const begin = clock.monotonic();
    const jobs: number[] = [];
    const locked = { code: 'UNABLE_TO_LOCK_ROW', reason: 'Locked.', message: 'Locked.' };
    using rows = new JobRows();
    const state = {
      ...{ clock, isOver: false, signal: undefined },
      ask: async (question: () => Promise<unknown>) => ({ answer: await question() }),
      mayLeave: async () => undefined,
      pace: { retryAt: (attempts: number) => clock.monotonic() + (attempts + 1) * 1000 },
    };
    const writer = {
      members: async () => ({ rows: new Map([['a1', [0]]]), ids: new Map() }),
      write: async () => {
        rows.add({ row: 0, number: 'till:1' });
        return { rows: [0], unwritten: [] };
      },
    };
    const ingest = {
      begin: async (wanted: readonly number[]) => {
        jobs.push(clock.monotonic() - begin);
        return { id: '750', rows: wanted, at: 0 };
      },
      finish: async () => {
        rows.uploaded([0]);
        rows.failed('till:1', { ...locked, kind: 'later', pause: 'lock', nothingStored: true });
        return { since: undefined, hasUnreadIds: false };
      },
    };
    const inserter = new RowInserter({ state, writer, ingest } as unknown as InserterParts);
    const refusals = { settleFailed: async () => undefined } as unknown as BatchSender;
    await inserter.insert({ items: [7], members: [{ member: 'A1', items: 1 }] }, { rows, refusals });
    expect(jobs).to.deep.equal([0, 0, 2000, 5000, 9000]);
  });
});
