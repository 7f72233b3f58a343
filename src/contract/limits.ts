import { z } from 'zod';

/** The part of `GET /limits` that we read. A limit is absent if the org does not have it. */
export const LimitsResult = z.looseObject({
  DailyApiRequests: z.object({ Max: z.number(), Remaining: z.number() }).optional(),
});
export type LimitsResult = z.infer<typeof LimitsResult>;
