import { isJsonObject } from '../base/jsonObject.js';
import type { PushService } from '../sync/index.js';
import { DoorRefusal, retryAfter } from './doorRefusal.js';
import { failedAnswer, pushAnswer } from './pushAnswer.js';
import type { PushAnswer } from './pushAnswer.js';

export interface PushRules {
  readonly service: PushService;
  readonly mostTransactions: number;
  readonly onError: (error: Error) => void;
}

/** An answer as it is sent. */
export interface SentAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

/**
 * Pushes one transaction or row, or a list of them, and answers when all are on disk.
 * @throws {DoorRefusal} 413 for a list that is too long
 */
export async function pushAll(given: unknown, rules: PushRules): Promise<SentAnswer> {
  if (!Array.isArray(given)) {
    const { status, ...body } = await pushOne(given, rules);
    return { status, headers: headersOf(new Set([status])), body };
  }
  const { mostTransactions } = rules;
  if (given.length > mostTransactions) {
    const message = `The list has ${given.length} transactions, and at most ${mostTransactions} are taken at once: send several lists.`;
    throw new DoorRefusal(413, 'TOO_MANY', message);
  }
  // All of them are pushed before any is waited for. This keeps their order, and they share a commit.
  const results = await Promise.all(given.map((each: unknown) => pushOne(each, rules)));
  const statuses = new Set(results.map(({ status }) => status));
  return { status: statusOfAll(statuses), headers: headersOf(statuses), body: { results } };
}

async function pushOne(given: unknown, { service, onError }: PushRules): Promise<PushAnswer> {
  try {
    if (isJsonObject(given)) return pushAnswer(await service.tryPush(given));
    throw new DoorRefusal(422, 'NOT_AN_OBJECT', 'A transaction is a JSON object: { "key", "member", "journal" }.');
  } catch (error) {
    const answer = failedAnswer(error);
    if (answer) return answer;
    onError(error instanceof Error ? error : new Error(String(error)));
    return { status: 500, error: internalError };
  }
}

export const internalError = {
  code: 'INTERNAL',
  message: 'The door has failed. Push it again; if it fails again, look into its log.',
};

/** Statuses of what the sender should send again as it is. */
const sendAgain: ReadonlySet<number> = new Set([429, 500, 503]);

/**
 * 200 or 202 only if all are fine. One that is on its way makes it 202. If all are to be sent again, it is their status,
 * because clients take 207 for a success.
 */
function statusOfAll(statuses: ReadonlySet<number>): number {
  const each = [...statuses];
  if (each.every((status) => status === 200 || status === 202)) return statuses.has(202) ? 202 : 200;
  return each.every((status) => sendAgain.has(status)) ? Math.max(...each) : 207;
}

function headersOf(statuses: ReadonlySet<number>): Readonly<Record<string, string>> {
  if (statuses.has(503)) return retryAfter.closed;
  return statuses.has(429) ? retryAfter.busy : {};
}
