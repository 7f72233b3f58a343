import { systemClock } from '../../base/clock.js';
import { LostAnswerError, LoyaltyApiError, verdict } from '../../client/index.js';
import type { HttpAnswer, LoyaltyClient } from '../../client/index.js';
import { realtimeEndpoints } from '../../contract/endpoints/realtimeEndpoints.js';
import { OutboxDatabaseError } from '../../outbox/index.js';
import type { OfferedRequest, OfferedRequests, RelayedText } from '../../outbox/index.js';
import { calling } from '../syncWatch.js';
import { understoodHead, relayedHeaders, RequestHead } from './relayedShapes.js';
import type { AnswerHead } from './relayedShapes.js';

type OfferedQueue = Pick<
  OfferedRequests,
  'announce' | 'announcedFor' | 'take' | 'answer' | 'listen' | 'leave' | 'close'
>;

export interface OfferedSenderOptions {
  readonly offered: OfferedQueue;
  /** Logged in to the org of the outbox. */
  readonly client: LoyaltyClient;
  /** Called when this machine cannot send, mostly because of the org or the database. It goes on. */
  readonly onFailure?: ((error: Error) => void) | undefined;
}

/** Milliseconds between two looks, which find a request whose notification was lost. */
const pause = 1000;

/**
 * Sends requests for the process that delivers from a shared outbox, while this one waits for its turn. It takes a
 * request only if that process has the lease at this moment, sends it at once, and tells what the org has answered. It
 * sends nothing but journals.
 */
export class OfferedSender {
  readonly #options: OfferedSenderOptions;
  /** When it takes nothing more. */
  readonly #end = new AbortController();
  /** When it has also answered everything. */
  readonly #answered = new AbortController();
  readonly #sending = new Set<Promise<void>>();
  readonly #working: Promise<unknown>;
  readonly #announcing: Promise<void>;
  #wake: () => void = () => undefined;
  #sent = 0;

  constructor(options: OfferedSenderOptions) {
    this.#options = options;
    const { signal } = this.#end;
    const listening = options.offered.listen(() => this.#wake(), signal);
    this.#working = Promise.all([this.#takeAll(), listening.catch(this.#tell)]);
    this.#announcing = this.#announce();
  }

  /** How many requests it has tried to send. */
  get sent(): number {
    return this.#sent;
  }

  /** Takes nothing more. Resolves when what it has taken is answered, which can last as long as a request. */
  async end(): Promise<void> {
    const { offered } = this.#options;
    this.#end.abort();
    await this.#working;
    await Promise.all(this.#sending);
    this.#answered.abort();
    await this.#announcing;
    await offered.leave().catch(this.#tell);
    await offered.close();
  }

  /** Whoever does not hear of this process takes what it is sending for lost. */
  async #announce(): Promise<void> {
    const { offered } = this.#options;
    const [ends, answered] = [this.#end.signal, this.#answered.signal];
    while (!answered.aborted) {
      const takes = !ends.aborted;
      await offered.announce(takes).catch(this.#tell);
      await systemClock.sleep(offered.announcedFor / 3, takes ? ends : answered);
    }
  }

  async #takeAll(): Promise<void> {
    const { signal } = this.#end;
    while (!signal.aborted) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      await this.#take().catch(this.#tell);
      const slept = new AbortController();
      const ends = AbortSignal.any([signal, slept.signal]);
      await Promise.race([woken, systemClock.sleep(pause, ends)]);
      slept.abort();
    }
  }

  async #take(): Promise<void> {
    const { offered } = this.#options;
    for (const request of await offered.take()) {
      const sending = this.#serve(request)
        .catch(this.#tell)
        .finally(() => this.#sending.delete(sending));
      this.#sending.add(sending);
    }
  }

  async #serve(request: OfferedRequest): Promise<void> {
    const isLate = systemClock.monotonic() >= request.leavesBefore;
    const answer = isLate ? notSent('It was too late to send it.') : await this.#send(request);
    await this.#options.offered.answer(request.id, answer);
  }

  /**
   * A database that is away may come back. Nothing else ends this process either, which can still take over; whoever waits
   * for the answer finds out by itself.
   */
  readonly #tell = (error: unknown): void => {
    if (!(error instanceof OutboxDatabaseError && error.isPassing)) tellFailure(this.#options, error);
  };

  /** Whoever offers it learns it from the answer; a person must log this machine in. */
  #tellRefused(answer: HttpAnswer): void {
    if (answer.statusCode < 300) return;
    const refusal = new LoyaltyApiError(answer);
    if (verdict(refusal).kind === 'stop') tellFailure(this.#options, refusal);
  }

  async #send({ head, body, limit, began }: OfferedRequest): Promise<RelayedText> {
    const path = understoodHead(RequestHead, head)?.path;
    if (path === undefined || !isWithJournals(path)) return notSent('This machine does not send such requests.');
    this.#sent += 1;
    try {
      const answer = await this.#options.client.sendPrepared({ path, body }, { timeout: limit, began });
      this.#tellRefused(answer);
      return told({ statusCode: answer.statusCode, headers: readHeaders(answer) }, answer.body);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const mayHaveHappened = !(error instanceof LostAnswerError) || error.mayHaveHappened;
      if (!mayHaveHappened || !(error instanceof LostAnswerError)) tellFailure(this.#options, new Error(message));
      return told({ lost: { message, mayHaveHappened } });
    }
  }
}

/** Tells a failure to whoever wants to hear of it, and must not add another one. */
export function tellFailure({ onFailure }: Pick<OfferedSenderOptions, 'onFailure'>, error: unknown): void {
  calling('onFailure', onFailure, error instanceof Error ? error : new Error(String(error)));
}

function readHeaders({ headers }: HttpAnswer): Record<string, string> {
  const found = relayedHeaders.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]] as const]));
  return Object.fromEntries(found);
}

function notSent(message: string): RelayedText {
  return told({ lost: { message, mayHaveHappened: false } });
}

function told(head: AnswerHead, body = ''): RelayedText {
  return { head: JSON.stringify(head), body };
}

/** Only this path is sent: whoever can write into the database must not reach anything else in the org. */
function isWithJournals(path: string): boolean {
  const pattern = realtimeEndpoints.execute.path.replace('{program}', '[^/?#]+');
  const isWhole = new RegExp(String.raw`^/services/data/v\d+\.\d+${pattern}$`).test(path);
  // Dots and slashes would make it another path when it is sent, or where it arrives.
  return isWhole && !/%2f|%5c/i.test(path) && URL.canParse(path, anyOrg) && new URL(path, anyOrg).pathname === path;
}

const anyOrg = 'https://org.invalid';
