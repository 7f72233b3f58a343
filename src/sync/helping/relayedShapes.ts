import { z } from 'zod';

/** What a machine sends for another one, without its body. Both may be of different versions of this package. */
export const RequestHead = z.object({ path: z.string() });
export type RequestHead = z.infer<typeof RequestHead>;

/** What it tells then: the answer of the org without its body, or why there is none. */
export const AnswerHead = z.union([
  z.object({ statusCode: z.number(), headers: z.record(z.string(), z.string()) }),
  z.object({ lost: z.object({ message: z.string(), mayHaveHappened: z.boolean() }) }),
]);
export type AnswerHead = z.infer<typeof AnswerHead>;
