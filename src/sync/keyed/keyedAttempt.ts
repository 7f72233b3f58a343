import { z } from 'zod';
import type { KeyedCall, KeyedCalls } from '../../outbox/index.js';

/**
 * Stores how an attempt ended, unless the call was found open meanwhile, its window has passed, and somebody else has
 * made it: then the later attempt counts.
 */
export async function endAttempt(calls: KeyedCalls, intent: KeyedCall, ended: KeyedCall): Promise<void> {
  const stored = await calls.find(intent.key);
  const isThis = stored?.state === 'sent' && (stored.sentAt === intent.sentAt || markOf(stored)?.of === intent.sentAt);
  if (isThis) await calls.begin(ended, stored);
}

/** Marks a call that nobody waits for any more. An open call has no answer, so that there is room for the mark. */
export function givenUp(call: KeyedCall, at: number): KeyedCall {
  return { ...call, sentAt: at, answer: { givenUpAt: at, of: call.sentAt } };
}

/** When whoever made the call stopped waiting for its answer; undefined while nobody has said so. */
export function markOf({ answer }: KeyedCall): z.infer<typeof Mark> | undefined {
  return Mark.safeParse(answer).data;
}

/** `of`: when the intent of the attempt was stored. */
const Mark = z.object({ givenUpAt: z.number(), of: z.number() });
