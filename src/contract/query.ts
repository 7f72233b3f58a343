import { z } from 'zod';

/** Envelope of `GET /query` and of every further page. `totalSize` counts the whole result, not the page. */
export const QueryPage = z.object({
  totalSize: z.number(),
  done: z.boolean(),
  nextRecordsUrl: z.string().optional(),
  records: z.array(z.record(z.string(), z.unknown())),
});
export type QueryPage = z.infer<typeof QueryPage>;

/** Answer of `POST /sobjects/{object}`. */
export const SaveResult = z.object({ id: z.string(), success: z.boolean() });
export type SaveResult = z.infer<typeof SaveResult>;

/** What we read of `GET /sobjects/{object}/describe`. */
export const DescribeResult = z.object({
  name: z.string(),
  fields: z.array(
    z.looseObject({
      name: z.string(),
      type: z.string(),
      length: z.number().optional(),
      unique: z.boolean().optional(),
      externalId: z.boolean().optional(),
      idLookup: z.boolean().optional(),
      createable: z.boolean().optional(),
    }),
  ),
});
export type DescribeResult = z.infer<typeof DescribeResult>;
