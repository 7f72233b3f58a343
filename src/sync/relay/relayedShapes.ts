import { z } from 'zod';

/** A request that a standby sends, without its body. The two processes may run different versions of this package. */
export const RequestHead = z.object({ path: z.string() });
export type RequestHead = z.infer<typeof RequestHead>;

/** What the standby gives back: the answer of the org without its body, or why there is none. */
export const AnswerHead = z.union([
  z.object({ statusCode: z.number(), headers: z.record(z.string(), z.string()) }),
  z.object({ lost: z.object({ message: z.string(), mayHaveHappened: z.boolean() }) }),
]);
export type AnswerHead = z.infer<typeof AnswerHead>;

/** Returns the head that a text has, if it is one that this version understands. */
export function understoodHead<T>(shape: z.ZodType<T>, text: string): T | undefined {
  try {
    return shape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The headers of an answer that somebody reads. */
export const relayedHeaders = ['content-type', 'date', 'retry-after', 'sforce-limit-info'] as const;
