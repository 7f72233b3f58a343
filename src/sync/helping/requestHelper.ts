import { systemClock } from '../../base/clock.js';
import { LostAnswerError } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import { realtimeEndpoints } from '../../contract/endpoints/realtimeEndpoints.js';
import { OutboxDatabaseError } from '../../outbox/index.js';
import type { OfferedRequest, OfferedRequests, RelayedText } from '../../outbox/index.js';
import { RequestHead } from './relayedShapes.js';
import type { AnswerHead } from './relayedShapes.js';

export interface RequestHelperOptions {
  readonly offered: Pick<
    OfferedRequests,
    'announce' | 'answer' | 'close' | 'freshFor' | 'helpsFor' | 'leave' | 'listen' | 'take'
  >;
  /** Logged in to the org of the outbox. */
  readonly client: LoyaltyClient;
}

/** Milliseconds. What a notification was lost of is found then. */
const look = 1000;

/**
 * Sends requests for the process that delivers from a shared outbox, while this one waits for its turn. It takes a
 * request only if that process has the lease at this moment, sends it at once, and tells what the org has answered. It
 * sends nothing but journals.
 */
export class RequestHelper {
  readonly #options: RequestHelperOptions;
  readonly #end = new AbortController();
  readonly #sending = new Set<Promise<void>>();
  readonly #working: Promise<unknown>;
  #wake: () => void = () => undefined;
  #sent = 0;

  constructor(options: RequestHelperOptions) {
    this.#options = options;
    const { signal } = this.#end;
    this.#working = Promise.all([
      this.#announce(),
      this.#takeAll(),
      options.offered.listen(() => this.#wake(), signal),
    ]);
  }

  /** How many requests it has sent. */
  get sent(): number {
    return this.#sent;
  }

  /** Takes nothing more. Resolves when what it has taken is answered, which can last as long as a request. */
  async end(): Promise<void> {
    this.#end.abort();
    await this.#options.offered.leave().catch(ifAway);
    await this.#working;
    await Promise.all(this.#sending);
    await this.#options.offered.close();
  }

  async #announce(): Promise<void> {
    const { offered } = this.#options;
    while (!this.#end.signal.aborted) {
      await offered.announce().catch(ifAway);
      await systemClock.sleep(offered.helpsFor / 3, this.#end.signal);
    }
  }

  async #takeAll(): Promise<void> {
    const { signal } = this.#end;
    while (!signal.aborted) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      await this.#take().catch(ifAway);
      await Promise.race([woken, systemClock.sleep(look, signal)]);
    }
  }

  async #take(): Promise<void> {
    const { offered } = this.#options;
    const askedAt = systemClock.monotonic();
    const taken = await offered.take();
    const isLate = systemClock.monotonic() > askedAt + offered.freshFor;
    for (const request of taken) {
      const sending = this.#serve(request, isLate)
        .catch(ifAway)
        .finally(() => this.#sending.delete(sending));
      this.#sending.add(sending);
    }
  }

  async #serve(request: OfferedRequest, isLate: boolean): Promise<void> {
    const answer = isLate ? notSent('It was too late to send it.') : await this.#send(request);
    await this.#options.offered.answer(request.id, answer);
  }

  async #send({ head, body, limit, began }: OfferedRequest): Promise<RelayedText> {
    const path = RequestHead.safeParse(JSON.parse(head)).data?.path;
    if (path === undefined || !isWithJournals(path)) return notSent('This machine does not send such requests.');
    try {
      this.#sent += 1;
      const { client } = this.#options;
      const {
        statusCode,
        headers,
        body: answer,
      } = await client.sendPrepared({ path, body }, { timeout: limit, began });
      return told({ statusCode, headers }, answer);
    } catch (error) {
      if (error instanceof LostAnswerError)
        return told({ lost: { message: error.message, mayHaveHappened: error.mayHaveHappened } });
      const message = error instanceof Error ? error.message : String(error);
      return told({ lost: { message, mayHaveHappened: true } });
    }
  }
}

function notSent(message: string): RelayedText {
  return told({ lost: { message, mayHaveHappened: false } });
}

function told(head: AnswerHead, body = ''): RelayedText {
  // The database cannot store this character, and no JSON has it.
  return { head: JSON.stringify(head), body: body.replaceAll('\0', '\ufffd') };
}

/** Whoever can write into the database must not be able to have anything else done in the org. */
function isWithJournals(path: string): boolean {
  const pattern = realtimeEndpoints.execute.path.replace('{program}', String.raw`[^/?#]+`);
  return new RegExp(String.raw`^/services/data/v\d+\.\d+${pattern}$`).test(path);
}

/** A database that is away may come back. The process that waits for the answer finds out by itself. */
function ifAway(error: unknown): void {
  if (!(error instanceof OutboxDatabaseError)) throw error;
}
