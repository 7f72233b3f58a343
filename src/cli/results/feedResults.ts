import { z } from 'zod';

const count = z.number().int();

export const GenerateFeedResult = z.object({
  /** Path of the feed. Absent if it went to standard output. */
  file: z.string().optional(),
  format: z.enum(['csv', 'ndjson']),
  membersFile: z.string().optional(),
  mapFile: z.string().optional(),
  answersFile: z.string().optional(),
  /** `rows = transactions + duplicates + bad`, and `transactions = purchases + returns`. */
  counts: z.object({
    rows: count,
    transactions: count,
    purchases: count,
    returns: count,
    duplicates: count,
    bad: count,
    badByReason: z.record(z.string(), count),
    late: count,
    /** Members who can have transactions. */
    members: count,
  }),
});
export type GenerateFeedResult = z.infer<typeof GenerateFeedResult>;
