import { z } from 'zod';
import { guarded } from '../../control/guardedControl.js';
import { readControlBody } from '../../control/readControlBody.js';
import { ok } from '../../http/orgEndpoint.js';
import type { Endpoint } from '../../http/orgEndpoint.js';
import { integrationUserId } from '../../platform/seedPlatform.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { inOneTransaction } from '../writeContext.js';
import { pointsJobNames, runAllPointsJobs } from './allPointsJobs.js';

const Wanted = z.strictObject({ jobs: z.array(z.enum(pointsJobNames)).min(1).optional() });

/** Runs the jobs by which points age. A real org has them as templates of the Data Processing Engine. */
export function pointsJobsEndpoint(loyalty: LoyaltyOrg): Endpoint[] {
  return guarded([
    {
      method: 'POST',
      path: '/emulator/points-jobs',
      handle: ({ body }) => {
        const { jobs = pointsJobNames } = body.bytes.length === 0 ? {} : readControlBody(Wanted, body);
        return ok(
          inOneTransaction(loyalty.org, integrationUserId, (writing) => ({
            today: loyalty.today(),
            jobs: runAllPointsJobs(loyalty, writing, jobs),
          })),
        );
      },
    },
  ]);
}
