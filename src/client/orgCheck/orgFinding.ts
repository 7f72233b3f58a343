import { LoyaltyApiError } from '../failures/callErrors.js';
import { verdict } from '../failures/verdict.js';

/** `note`: worth knowing. `missing`: something does not work without it. */
export const findingStatuses = ['good', 'note', 'missing'] as const;

export interface OrgFinding {
  /** What was looked at, such as `apiVersion` or `process: credit points`. */
  readonly key: string;
  /** Name of the program that it is about, or null for the whole org. */
  readonly program: string | null;
  readonly status: (typeof findingStatuses)[number];
  readonly message: string;
  /** What to do about it. */
  readonly toDo?: string;
  /** Why the org did not tell: its code and message. Nothing follows from that. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** A finding, before it is known where it belongs. */
export type Finding = Pick<OrgFinding, 'status' | 'message' | 'toDo'>;

export interface Subject {
  readonly key: string;
  readonly program?: string;
  /** What is asked, in words for a sentence, such as `the limits`. */
  readonly what: string;
  /** What to do if the org refuses. Given where nothing works without an answer: the finding is `missing` then. */
  readonly toDo?: string;
}

/**
 * Asks a question of the org. If the org refuses it, because it does not have something or the user may not read it, the
 * finding says so.
 *
 * @throws {LoyaltyCallError} for a failure that is about more than this question
 */
export async function askOrg(
  { key, program, what, toDo }: Subject,
  question: () => Promise<Finding | readonly Finding[]>,
): Promise<OrgFinding[]> {
  try {
    const found = await question();
    return [found].flat().map((finding) => ({ key, program: program ?? null, ...finding }));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const message = `The org does not tell ${what}.`;
    const finding = toDo === undefined ? note(message) : lacking(message, toDo);
    return [{ key, program: program ?? null, ...finding, error: { code: error.errorCode, message: error.message } }];
  }
}

/** Whether the org, and not a page of something before it, refused this very question. */
export function isRefusal(error: unknown): error is LoyaltyApiError & { readonly errorCode: string } {
  if (!(error instanceof LoyaltyApiError) || error.errorCode === null) return false;
  const isOfSession = error.status === 401 || error.errorCode === 'REQUEST_LIMIT_EXCEEDED';
  return !isOfSession && verdict(error).kind !== 'later';
}

export const good = (message: string): Finding => ({ status: 'good', message });

export const note = (message: string, toDo?: string): Finding => withAdvice('note', message, toDo);

export const lacking = (message: string, toDo: string): Finding => withAdvice('missing', message, toDo);

function withAdvice(status: Finding['status'], message: string, toDo: string | undefined): Finding {
  return { status, message, ...(toDo !== undefined && { toDo }) };
}
