import { z } from 'zod';

/** What we read of `GET /limits`. What an org does not have is absent. */
export const LimitsResult = z.looseObject({
  DailyApiRequests: z.object({ Max: z.number(), Remaining: z.number() }).optional(),
});
export type LimitsResult = z.infer<typeof LimitsResult>;
