import type { LoyaltyClient } from '../client/index.js';
import { enrollMembers, readMemberFields, readMembers } from '../sync/index.js';
import type { EnrollmentRecord } from '../sync/index.js';
import type { Seeds } from './readSeeds.js';
import type { MemberProblem } from './seedReport.js';
import { stageError } from './stageOutcome.js';
import type { SeedProgress, StageOutcome } from './stageOutcome.js';

interface MemberSeedingOptions {
  readonly program: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: SeedProgress) => void) | undefined;
}

const mostProblems = 1000;
export const noMembers = { enrolled: 0, exists: 0, failed: 0, unknown: 0, open: 0 };

/**
 * Finds a file of members without usable columns before anything is written.
 * @throws {FeedError} for a file that cannot be used
 */
export async function checkMembers(
  client: LoyaltyClient,
  { file, mapping }: NonNullable<Seeds['members']>,
): Promise<void> {
  const options = { mapping, readFields: () => readMemberFields(client), onRejection: () => undefined };
  await readMembers(file, options)[Symbol.asyncIterator]().next();
}

/** Enrolls the members of a seed folder. Those that the program has are not changed. */
export async function seedMembers(
  client: LoyaltyClient,
  { file, mapping }: NonNullable<Seeds['members']>,
  { program, signal, onProgress }: MemberSeedingOptions,
): Promise<StageOutcome<'members'>> {
  const counts = { ...noMembers };
  const problems: MemberProblem[] = [];
  const add = (status: EnrollmentRecord['status'], problem?: Omit<MemberProblem, 'status'>): void => {
    counts[status] += 1;
    if (problem && problems.length < mostProblems) problems.push({ ...problem, status });
    onProgress?.({ stage: 'members', members: Object.values(counts).reduce((sum, count) => sum + count, 0) });
  };
  const lines = new Map<string, number>();
  const requests = readMembers(file, {
    defaults: { memberStatus: 'Active' },
    mapping,
    readFields: () => readMemberFields(client),
    onLine: (number, line) => lines.set(number, line),
    onRejection: ({ membershipNumber: key, line, message }) =>
      add('failed', { key: key ?? `line ${line}`, line, error: { code: 'INVALID_ROW', message } }),
  });
  try {
    for await (const { membershipNumber: key, status, error } of enrollMembers(client, program, requests, { signal })) {
      const line = lines.get(key);
      add(status, error && { key, error, ...(line !== undefined && { line }) });
    }
    signal?.throwIfAborted();
    const status = counts.unknown + counts.open > 0 ? 'unfinished' : counts.failed > 0 ? 'attention' : 'done';
    return { stage: { status, counts, problems } };
  } catch (cause) {
    return { stage: { status: 'failed', counts, problems, error: stageError(cause) }, cause };
  }
}
