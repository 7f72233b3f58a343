import { Pool } from 'undici';
import { FuzzedOrg } from './fuzzedOrg.js';
import type { FuzzRequest } from './mutations.js';
import { requestStream } from './requestStream.js';

/** No request may keep the org busy for longer than this, even on a busy machine. */
const longest = 10_000;
const slowestShown = 10;
const mostFailures = 5;

export interface FuzzOptions {
  readonly count: number;
  readonly seed: number;
  /** Called after every thousand requests, with the number done. */
  readonly onProgress?: (done: number) => void;
}

export interface FuzzReport {
  readonly requests: number;
  readonly seconds: number;
  /** How often each status occurred; 0 for a closed connection. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Milliseconds and the request. */
  readonly slowest: readonly string[];
  /** What must not happen: a 5xx except 501, a defect, no answer in time, a connection closed without an answer. */
  readonly failures: readonly string[];
}

/** Sends random requests to its own org, over loopback, eight at a time. */
export async function fuzzRun(options: FuzzOptions): Promise<FuzzReport> {
  await using org = await FuzzedOrg.start();
  return await new FuzzRun(org, options).report();
}

interface Timed {
  readonly milliseconds: number;
  readonly text: string;
}

class FuzzRun {
  readonly #statuses = new Map<number, number>();
  readonly #failures: string[] = [];
  #slowest: Timed[] = [];
  #sent = 0;

  readonly #org: FuzzedOrg;
  readonly #options: FuzzOptions;

  constructor(org: FuzzedOrg, options: FuzzOptions) {
    this.#org = org;
    this.#options = options;
  }

  async report(): Promise<FuzzReport> {
    const started = performance.now();
    const pool = new Pool(this.#org.url, { connections: 8 });
    const requests = requestStream(this.#options.seed, this.#org.token);
    await Promise.all(Array.from({ length: 8 }, () => this.#sendSome(pool, requests)));
    const { statusCode, body } = await pool.request({ method: 'GET', path: '/services/data' });
    await body.dump();
    if (statusCode !== 200) this.#failures.push(`${statusCode} at the end`);
    await pool.close();
    return {
      requests: this.#sent,
      seconds: Math.round((performance.now() - started) / 1_000),
      statuses: Object.fromEntries([...this.#statuses].sort(([a], [b]) => a - b)),
      slowest: this.#slowest.map(({ milliseconds, text }) => `${milliseconds.toFixed(0)} ms  ${text}`),
      failures: [...this.#failures, ...this.#org.defects],
    };
  }

  async #sendSome(pool: Pool, requests: Generator<FuzzRequest>): Promise<void> {
    while (this.#sent < this.#options.count && this.#failures.length + this.#org.defects.length < mostFailures) {
      const { value } = requests.next() as { value: FuzzRequest };
      this.#sent += 1;
      if (this.#sent % 1_000 === 0) this.#options.onProgress?.(this.#sent);
      await this.#send(pool, value, this.#sent);
    }
  }

  async #send(pool: Pool, { method, path, headers, body, made }: FuzzRequest, index: number): Promise<void> {
    const text = `#${index} ${method} ${path.slice(0, 120)} ${made.join('+')} (${body.length} bytes)`;
    const started = performance.now();
    try {
      const signal = AbortSignal.timeout(longest);
      const sent = method === 'GET' || method === 'HEAD' ? null : body;
      const answer = await pool.request({ method, path, headers, body: sent, signal });
      const bytes = Buffer.from(await answer.body.arrayBuffer());
      this.#judge(answer.statusCode, { text, bytes });
    } catch (error) {
      this.#failed(error, text);
    }
    this.#remember({ milliseconds: performance.now() - started, text });
  }

  #judge(status: number, { text, bytes }: { text: string; bytes: Buffer }): void {
    this.#count(status);
    if (status >= 500 && status !== 501) this.#failures.push(`${status}: ${text}: ${bytes.toString().slice(0, 300)}`);
  }

  /**
   * Handles a request without an answer. The client itself refuses some requests, and a body that is refused unread can
   * end with the connection.
   */
  #failed(error: unknown, text: string): void {
    const { code = '', name = '' } = error as { code?: string; name?: string };
    if (name === 'InvalidArgumentError') this.#count(-1);
    else if (['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(code)) this.#count(0);
    else this.#failures.push(`${String(error)}: ${text}`);
  }

  #count(status: number): void {
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
  }

  #remember(timed: Timed): void {
    const slowest = [...this.#slowest, timed].sort((a, b) => b.milliseconds - a.milliseconds);
    this.#slowest = slowest.slice(0, slowestShown);
  }
}
