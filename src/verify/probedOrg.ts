import { systemClock } from '../base/clock.js';
import { seededRandom } from '../base/random.js';
import { askPatiently, LoyaltyApiError, rawRequest } from '../client/index.js';
import type {
  FieldValues,
  HttpAnswer,
  HttpMethod,
  LoyaltyClient,
  LoyaltyConnection,
  QueryRecord,
} from '../client/index.js';
import { at } from './probeAnswer.js';
import type { ProbeAnswer } from './probeAnswer.js';
import type { ProbeProgram } from './probeProgram.js';

export interface Question {
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a text unchanged. */
  readonly body?: unknown;
  readonly anonymous?: boolean;
  /** Such as `50.0`. Default: the client's version. */
  readonly version?: string;
}

export interface CreatedRecord {
  readonly object: string;
  readonly id: string;
}

/** The org that is asked, and the records that the probes have made in it. */
export class ProbedOrg {
  /** All created records in order. They are deleted in reverse order. */
  readonly created: CreatedRecord[] = [];
  readonly #connection: LoyaltyConnection;
  readonly #stamp: string;
  readonly #describes = new Map<string, Promise<ProbeAnswer>>();
  readonly #patience = { wait: 20_000, clock: systemClock, random: seededRandom(systemClock.now()) };
  #program: ProbeProgram | undefined;
  #count = 0;

  constructor(
    connection: LoyaltyConnection,
    readonly client: LoyaltyClient,
    stamp: string,
  ) {
    this.#connection = connection;
    this.#stamp = stamp;
  }

  /** The program of the probes. @throws {TypeError} for a probe that has not declared that it needs one */
  get program(): ProbeProgram {
    if (!this.#program) throw new TypeError('This probe needs a program and does not say so.');
    return this.#program;
  }

  set program(program: ProbeProgram) {
    this.#program = program;
  }

  /** Returns a text that contains letters and that nothing in the org has yet. */
  unused(word = 'probe'): string {
    this.#count += 1;
    return `${word}-${this.#stamp}-${this.#count}`;
  }

  /**
   * Sends one request unchanged. Never throws for an answer of the org, unless the session has ended or a limit is used
   * up, because then no probe can be asked.
   *
   * @param path below `/services/data/vNN.0`, or a full path that begins with `/services/`
   * @throws {LoyaltyApiError}
   * @throws {LostAnswerError}
   */
  async ask(method: HttpMethod, path: string, question: Question = {}): Promise<ProbeAnswer> {
    const { headers, body, anonymous = false, version = this.client.apiVersion } = question;
    const isText = typeof body === 'string';
    const request = {
      method,
      path: path.startsWith('/services/') ? path : `/services/data/v${version}${path}`,
      headers: headers ?? (body === undefined ? {} : { 'content-type': 'application/json' }),
      anonymous,
      ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
    };
    const asked = (): Promise<HttpAnswer> => rawRequest(this.#connection, request);
    const answer = method === 'GET' ? await askPatiently(this.#patience, asked) : await asked();
    const error = new LoyaltyApiError(answer);
    if (!anonymous && isTheEnd(error)) throw error;
    const { statusCode: status, headers: answered, body: text } = answer;
    return { status, code: status < 300 ? null : error.errorCode, json: error.json, text, headers: answered };
  }

  /** Creates a record that is deleted at the end. */
  async create(object: string, values: Record<string, unknown>): Promise<ProbeAnswer> {
    const answer = await this.ask('POST', `/sobjects/${object}`, { body: values });
    const id = at(answer.json, 'id');
    if (answer.status < 300 && typeof id === 'string') this.created.push({ object, id });
    return answer;
  }

  /** Creates a record that a probe relies on. @throws {LoyaltyApiError} */
  async made(object: string, values: FieldValues): Promise<string> {
    const id = await this.client.sobjects.create(object, values);
    this.created.push({ object, id });
    return id;
  }

  /** Returns the rows of a query. @throws {LoyaltyApiError} */
  async rows(soql: string): Promise<QueryRecord[]> {
    return this.client.query.all(soql);
  }

  /** Returns the answer to a query with any status. */
  async query(soql: string, more = ''): Promise<ProbeAnswer> {
    return this.ask('GET', `/query?q=${encodeURIComponent(soql)}${more}`);
  }

  /** Returns the describe answer, which is asked for once for all probes. */
  async describe(object: string): Promise<unknown> {
    const known = this.#describes.get(object) ?? this.ask('GET', `/sobjects/${object}/describe`);
    this.#describes.set(object, known);
    return (await known).json;
  }
}

/** Tells whether no further probe can be asked: the session has ended, or a limit is used up. */
export function isTheEnd({ status, errorCode }: LoyaltyApiError): boolean {
  return status === 401 || errorCode === 'REQUEST_LIMIT_EXCEEDED';
}
