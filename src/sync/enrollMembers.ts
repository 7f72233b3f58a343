import PQueue from 'p-queue';
import { systemClock } from '../base/clock.js';
import type { MonotonicClock } from '../base/clock.js';
import { seededRandom } from '../base/random.js';
import type { Random } from '../base/random.js';
import type { LoyaltyClient } from '../client/index.js';
import type {
  CorporateEnrollmentRequest,
  IndividualEnrollmentRequest,
} from '../contract/endpoints/enrollmentEndpoints.js';
import { attempt, stopReason, StoppedError, waitAfter } from './attempt.js';
import type { Failure, StopReason } from './attempt.js';
import { Pace } from './pace.js';
import { patiently, shortPatience } from './patientReads.js';

export interface EnrollmentRecord {
  readonly membershipNumber: string;
  /** `open`: the org was not ready in time, and nothing of the member is stored in it. */
  readonly status: 'enrolled' | 'exists' | 'failed' | 'unknown' | 'open';
  /** Id of the LoyaltyProgramMember, if known. */
  readonly memberId?: string | undefined;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
}

export interface EnrollOptions {
  /** Most requests at a time. Default 4. */
  readonly concurrency?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly clock?: MonotonicClock | undefined;
  readonly random?: Random | undefined;
}

/** Members per query. */
const chunkSize = 1000;
/** Most tries for a member while the org answers "later". */
const mostAttempts = 7;

/**
 * Enrolls persons, each once: the membership number is the key. Members that the program already has are not changed.
 * Memory holds one chunk of requests. Requests that were not tried are not reported. The same input can be given again
 * at any time.
 * @throws {StoppedError} after the records that were tried, for a failure that every further call would meet
 */
export function enrollMembers(
  client: LoyaltyClient,
  program: string,
  requests: Requests<IndividualEnrollmentRequest>,
  options: EnrollOptions = {},
): AsyncGenerator<EnrollmentRecord, void, void> {
  const call = (request: IndividualEnrollmentRequest) => client.members.enroll(program, request);
  return enrollEach(new Enrollment({ client, program, call }, options), requests);
}

/**
 * Enrolls companies, as `enrollMembers` enrolls persons.
 * @throws {StoppedError} after the records that were tried, for a failure that every further call would meet
 */
export function enrollCorporateMembers(
  client: LoyaltyClient,
  program: string,
  requests: Requests<CorporateEnrollmentRequest>,
  options: EnrollOptions = {},
): AsyncGenerator<EnrollmentRecord, void, void> {
  const call = (request: CorporateEnrollmentRequest) => client.members.enrollCorporate(program, request);
  return enrollEach(new Enrollment({ client, program, call }, options), requests);
}

interface MemberRequest {
  readonly membershipNumber: string;
}

type Requests<R> = AsyncIterable<R> | Iterable<R>;

async function* enrollEach<R extends MemberRequest>(
  enrollment: Enrollment<R>,
  requests: Requests<R>,
): AsyncGenerator<EnrollmentRecord, void, void> {
  let chunk: R[] = [];
  for await (const request of requests) {
    chunk.push(request);
    if (chunk.length < chunkSize) continue;
    yield* enrollment.enroll(chunk);
    chunk = [];
  }
  yield* enrollment.enroll(chunk);
}

interface EnrollmentWay<R> {
  readonly client: LoyaltyClient;
  readonly program: string;
  /** Enrolls one member. */
  readonly call: (request: R) => Promise<{ readonly loyaltyProgramMemberId: string }>;
}

class Enrollment<R extends MemberRequest> {
  readonly #pace: Pace;
  readonly #clock: MonotonicClock;
  readonly #concurrency: number;
  #stopped: StopReason | undefined;
  #isLeft = false;

  readonly #way: EnrollmentWay<R>;
  readonly #options: EnrollOptions;

  constructor(way: EnrollmentWay<R>, options: EnrollOptions) {
    this.#way = way;
    this.#options = options;

    this.#clock = options.clock ?? systemClock;
    this.#concurrency = options.concurrency ?? 4;
    const random = options.random ?? seededRandom(this.#clock.now());
    this.#pace = new Pace({ concurrency: this.#concurrency, batchSize: 1 }, this.#clock, random);
  }

  async *enroll(requests: readonly R[]): AsyncGenerator<EnrollmentRecord, void, void> {
    if (requests.length === 0 || this.#isOver) return;
    const members = await this.#find(requests.map(({ membershipNumber }) => membershipNumber));
    const queue = new PQueue({ concurrency: this.#concurrency });
    const pending = requests.map((request) => {
      const { membershipNumber } = request;
      const memberId = members.get(membershipNumber.toLowerCase());
      if (memberId === undefined) return queue.add(() => this.#tryOne(request));
      return Promise.resolve<EnrollmentRecord>({ membershipNumber, status: 'exists', memberId });
    });
    try {
      for (const record of pending) {
        const settled = await record;
        if (settled) yield settled;
      }
    } finally {
      // A caller that stops reading wants no further members to be enrolled.
      this.#isLeft ||= queue.size + queue.pending > 0;
      await queue.onIdle();
    }
    if (this.#stopped) throw new StoppedError(this.#stopped);
  }

  get #isOver(): boolean {
    return this.#isLeft || this.#stopped !== undefined || this.#options.signal?.aborted === true;
  }

  /** Returns undefined if not attempted, or if the failure was not caused by this member. */
  async #tryOne(request: R): Promise<EnrollmentRecord | undefined> {
    for (let attempts = 1; ; attempts++) {
      const pause = this.#pace.quietUntil - this.#clock.monotonic();
      if (pause > 0) await this.#clock.sleep(pause, this.#options.signal);
      if (this.#isOver) return undefined;
      const result = await attempt(1, () => this.#way.call(request));
      if ('answer' in result) {
        this.#pace.reached();
        const { loyaltyProgramMemberId: memberId } = result.answer;
        return { membershipNumber: request.membershipNumber, status: 'enrolled', memberId };
      }
      const { failure } = result;
      const reason = stopReason(failure);
      if (reason) this.#stopped ??= reason;
      if (reason) return undefined;
      if (!mayRepeat(failure) || attempts === mostAttempts) return this.#toRecord(request, failure);
      this.#pace.failed(waitAfter(failure));
    }
  }

  async #toRecord({ membershipNumber }: R, failure: Failure): Promise<EnrollmentRecord> {
    const { kind, code, message } = failure;
    // Apart from lost answers: another process was faster, the input has the same number twice, or another field must
    // be unique.
    if (kind === 'unknown' || code === 'DUPLICATE_VALUE') {
      const found = await attempt(1, () => this.#find([membershipNumber]));
      const memberId = 'answer' in found ? found.answer.get(membershipNumber.toLowerCase()) : undefined;
      if (memberId !== undefined) return { membershipNumber, status: 'exists', memberId };
    }
    return { membershipNumber, status: statusAfter(failure), error: { code: code ?? kind.toUpperCase(), message } };
  }

  async #find(numbers: readonly string[]): Promise<Map<string, string>> {
    const patience = shortPatience(this.#clock, this.#options.signal);
    const { client, program } = this.#way;
    const rows = await patiently(patience, () => client.members.find(program, numbers));
    return new Map(rows.map(({ Id, MembershipNumber }) => [MembershipNumber.toLowerCase(), Id]));
  }
}

function statusAfter(failure: Failure): EnrollmentRecord['status'] {
  if (failure.kind === 'unknown') return 'unknown';
  return mayRepeat(failure) ? 'open' : 'failed';
}

/** True if the org was not ready and nothing of the member is stored in it. */
function mayRepeat(failure: Failure): boolean {
  return failure.kind === 'later' && failure.nothingStored;
}
