import type { z } from 'zod';
import { LostAnswerError } from './failures/callErrors.js';

interface StrangeAnswer {
  /** What arrived, as the beginning of a sentence. */
  readonly what: string;
  /** Whether the call could change nothing. */
  readonly isRead?: boolean;
  /** Names the request, such as `POST /composite`. */
  readonly request?: string;
}

/**
 * Returns `value` as parsed by `shape`.
 *
 * @throws {LostAnswerError} when it does not match; the error names the place, never the value
 */
export function parseAnswer<T>(value: unknown, shape: z.ZodType<T>, answer: string | StrangeAnswer): T {
  const { what, isRead = false, request }: StrangeAnswer = typeof answer === 'string' ? { what: answer } : answer;
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const place = issue?.path.length ? ` at ${issue.path.join('.')}` : '';
  const reason = issue?.message ?? 'unexpected shape';
  const message = `${what}, but not what the API documents${place}: ${reason}.`;
  const failure = new LostAnswerError('unreadable', message, true, { isRead });
  throw request === undefined ? failure : failure.ofRequest(request);
}
