import PQueue from 'p-queue';
import type { LoyaltyClient } from '../../client/index.js';
import type { IndividualEnrollmentRequest } from '../../contract/enrollment.js';
import { attempt, stopReason, StoppedError, type Failure } from '../attempt.js';
import type { StopReason } from '../course.js';

export interface EnrollmentRecord {
  readonly membershipNumber: string;
  readonly status: 'enrolled' | 'exists' | 'failed' | 'unknown';
  /** Id of the LoyaltyProgramMember, where it is known. */
  readonly memberId?: string | undefined;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
}

export interface EnrollOptions {
  /** Most requests at a time. Default 4. */
  readonly concurrency?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Members looked for in one step. */
const chunkSize = 1000;

/**
 * Enrols persons, each once: the membership number is the key. Those that the program has already are left as they are.
 * Memory holds one chunk of requests. What was not tried is not reported; the same input can be given again at any time.
 * @throws {StoppedError} after the records that were tried, for a failure that every further call would meet
 */
export async function* enrollMembers(
  client: LoyaltyClient,
  program: string,
  requests: AsyncIterable<IndividualEnrollmentRequest> | Iterable<IndividualEnrollmentRequest>,
  options: EnrollOptions = {},
): AsyncGenerator<EnrollmentRecord, void, void> {
  let chunk: IndividualEnrollmentRequest[] = [];
  for await (const request of requests) {
    chunk.push(request);
    if (chunk.length < chunkSize) continue;
    yield* enrollChunk(client, program, chunk, options);
    chunk = [];
  }
  yield* enrollChunk(client, program, chunk, options);
}

async function* enrollChunk(
  client: LoyaltyClient,
  program: string,
  requests: readonly IndividualEnrollmentRequest[],
  { concurrency = 4, signal }: EnrollOptions,
): AsyncGenerator<EnrollmentRecord, void, void> {
  if (requests.length === 0 || signal?.aborted) return;
  const members = await findMembers(client, program, requests);
  const queue = new PQueue({ concurrency });
  let stopped: StopReason | undefined;
  const enrol = async (request: IndividualEnrollmentRequest): Promise<EnrollmentRecord | undefined> => {
    if (stopped || signal?.aborted) return undefined;
    const result = await attempt(1, () => client.members.enroll(program, request));
    if ('failure' in result) stopped ??= stopReason(result.failure);
    return stopped ? undefined : toRecord(request.membershipNumber, result);
  };
  const pending = requests.map((request) => {
    const memberId = members.get(request.membershipNumber.toLowerCase());
    const { membershipNumber } = request;
    return memberId === undefined
      ? queue.add(() => enrol(request))
      : Promise.resolve<EnrollmentRecord>({ membershipNumber, status: 'exists', memberId });
  });
  for (const record of pending) {
    const settled = await record;
    if (settled) yield settled;
  }
  if (stopped) throw new StoppedError(stopped);
}

async function findMembers(
  client: LoyaltyClient,
  program: string,
  requests: readonly IndividualEnrollmentRequest[],
): Promise<Map<string, string>> {
  const numbers = requests.map(({ membershipNumber }) => membershipNumber);
  const rows = await client.members.find(program, numbers);
  return new Map(rows.map(({ Id, MembershipNumber }) => [MembershipNumber.toLowerCase(), Id]));
}

function toRecord(
  membershipNumber: string,
  result: { answer: { loyaltyProgramMemberId: string } } | { failure: Failure },
): EnrollmentRecord {
  if ('answer' in result) {
    return { membershipNumber, status: 'enrolled', memberId: result.answer.loyaltyProgramMemberId };
  }
  const { kind, code, message } = result.failure;
  // Somebody else was faster, or the same number stands in the input twice.
  if (code === 'DUPLICATE_VALUE') return { membershipNumber, status: 'exists' };
  const status = kind === 'unknown' ? 'unknown' : 'failed';
  return { membershipNumber, status, error: { code: code ?? kind.toUpperCase(), message } };
}
