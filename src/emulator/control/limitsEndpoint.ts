import { z } from 'zod';
import { ok } from '../http/orgEndpoint.js';
import type { Endpoint } from '../http/orgEndpoint.js';
import type { Org } from '../org.js';
import { readControlBody } from './readControlBody.js';

const Count = z.int().min(0);

/** The limits of a local org that can be changed while it runs. */
const Limits = z
  .strictObject({
    dailyApiRequests: Count.describe('Calls allowed in 24 hours.'),
    dailyBulkBatches: Count.describe('Batches of 10,000 rows that bulk jobs may write in 24 hours.'),
    dailyBulkQueryJobs: Count.describe('Bulk query jobs allowed in 24 hours.'),
    longRequests: Count.describe('Number of long calls in progress at which all further calls are refused.'),
    longAfter: Count.describe('Milliseconds after which a call counts as long.'),
    lockWait: Count.describe('Milliseconds that a write waits for a row.'),
  })
  .partial();

const HeldRows = z.strictObject({ ids: z.array(z.string()).min(1), milliseconds: z.int().min(0) });

/** The limits, and a resource that holds rows like a long transaction. */
export function limitEndpoints({ usage, bulkUsage, longRequests, locks, clock, faults }: Org): Endpoint[] {
  const state = () =>
    ok({
      dailyApiRequests: usage.max,
      dailyBulkBatches: bulkUsage.batches.max,
      dailyBulkQueryJobs: bulkUsage.queryJobs.max,
      longRequests: longRequests.max,
      longAfter: longRequests.longAfter,
      lockWait: locks.wait,
    });
  return [
    { method: 'GET', path: '/emulator/limits', handle: state },
    {
      method: 'PUT',
      path: '/emulator/limits',
      handle: ({ body }) => {
        const given = readControlBody(Limits, body);
        usage.max = given.dailyApiRequests ?? usage.max;
        bulkUsage.batches.max = given.dailyBulkBatches ?? bulkUsage.batches.max;
        bulkUsage.queryJobs.max = given.dailyBulkQueryJobs ?? bulkUsage.queryJobs.max;
        longRequests.max = given.longRequests ?? longRequests.max;
        longRequests.longAfter = given.longAfter ?? longRequests.longAfter;
        locks.wait = given.lockWait ?? locks.wait;
        return state();
      },
    },
    {
      method: 'POST',
      path: '/emulator/locks',
      handle: ({ body }) => {
        const { ids, milliseconds } = readControlBody(HeldRows, body);
        const hold = locks.hold(ids);
        void clock.sleep(milliseconds, faults.ended).then(() => hold.release());
        return ok({ ids: hold.rows, milliseconds });
      },
    },
  ];
}
