import { z } from 'zod';
import type { KeyedCall, KeyedCalls } from '../../outbox/index.js';

/**
 * Stores how an attempt ended. If the call was found open meanwhile, its window has passed and another process has made
 * it, the later attempt counts.
 */
export async function endAttempt(calls: KeyedCalls, intent: KeyedCall, ended: KeyedCall): Promise<void> {
  const stored = await calls.find(intent.key);
  const isThis = stored?.state === 'sent' && (stored.sentAt === intent.sentAt || markOf(stored)?.of === intent.sentAt);
  if (isThis) await calls.begin(ended, stored);
}

/**
 * Marks a call as given up: nobody waits for it any more. An open call has no answer, so the mark is stored in its
 * place.
 */
export function givenUp(call: KeyedCall, at: number): KeyedCall {
  return { ...call, sentAt: at, answer: { givenUpAt: at, of: call.sentAt } };
}

/** Returns the mark that the caller stopped waiting for the answer. Undefined if there is none. */
export function markOf({ answer }: KeyedCall): z.infer<typeof Mark> | undefined {
  return Mark.safeParse(answer).data;
}

/** `of`: the time at which the intent of the attempt was stored. */
const Mark = z.object({ givenUpAt: z.number(), of: z.number() });
