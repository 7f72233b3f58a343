/** How long to wait before the same call may succeed. These are the classes; the caller decides on the numbers. */
export type Pause =
  /** Not at all: the same call may succeed immediately, without the records that failed. */
  | 'none'
  /** A fraction of a second, with jitter, because a row is locked. */
  | 'lock'
  /** Seconds up to a minute, with fewer calls at a time, because of too much load or a brief failure. */
  | 'seconds'
  /** Minutes up to hours, for everything that is sent to this org, because the daily quota is used up. */
  | 'long';

/**
 * What may be stored after such a failure.
 *
 * - `nothing`: the org rejected the call before it ran anything.
 * - `nothingIfSingle`: a call with one record failed as a whole. Of several records, some may be stored, because it is not
 *   published whether such a call is atomic. Of journals, even a single one may be: see `failedJournalsVerdict`.
 * - `perhaps`: even a single record may be stored.
 */
export type StoredVerdict = 'nothing' | 'nothingIfSingle' | 'perhaps';

/** A condition on an HTTP answer. All its parts must match. `status` may be a range, both ends included. */
export interface VerdictRow {
  readonly status?: number | readonly [number, number];
  readonly code?: string | RegExp;
  readonly text?: RegExp;
  readonly outcome: RowOutcome;
  /** One sentence for a report. */
  readonly reason: string;
}

type RowOutcome =
  | { readonly kind: 'refused'; readonly stored: StoredVerdict }
  | { readonly kind: 'later'; readonly stored: StoredVerdict; readonly pause: Pause }
  | { readonly kind: 'tooLarge'; readonly stored: StoredVerdict }
  | { readonly kind: 'stop'; readonly stored: StoredVerdict; readonly toDo: string }
  | { readonly kind: 'unknown' };

const unknown = { kind: 'unknown' } as const;
const refused = { kind: 'refused', stored: 'nothingIfSingle' } as const;
const locked = { kind: 'later', stored: 'nothingIfSingle', pause: 'lock' } as const;
const busy = { kind: 'later', stored: 'nothing', pause: 'seconds' } as const;
const exhausted = { kind: 'later', stored: 'nothing', pause: 'long' } as const;
const tooLarge = { kind: 'tooLarge', stored: 'nothing' } as const;
const oversized = { kind: 'tooLarge', stored: 'perhaps' } as const;
/** What to do when there is no session. */
export const logInStep = 'Log in to the org again, such as with "sf org login web".';
const stop = (toDo: string) => ({ kind: 'stop', stored: 'nothing', toDo }) as const;

/** How a lock appears inside another failure, such as that of a trigger, a flow or a process. */
export const lockText = /UNABLE_TO_LOCK_ROW|unable to obtain exclusive access/i;

/**
 * Decides what a failure means. The first row that matches the answer counts.
 *
 * Codes and texts come from the REST API guide: "Status Codes and Error Responses", "API Request Limits". The judgment
 * is ours. Where the platform publishes nothing, it is chosen so that nothing is sent twice.
 */
export const verdictTable: readonly VerdictRow[] = [
  // The sender has read no further than the size. Unless the org itself sent it, the keys are looked up.
  { status: 413, outcome: oversized, reason: 'The body is too large.' },
  { status: 414, outcome: oversized, reason: 'The URL is too long.' },
  { status: 431, outcome: oversized, reason: 'The URL and the headers are too long.' },

  // Something between us and the org answered, so it is not known how far the call had come.
  {
    code: '',
    status: [400, 599],
    outcome: unknown,
    reason: 'The answer is not in the words of the org: a gateway or proxy may have given it.',
  },

  // Rejected before anything ran.
  {
    status: 401,
    outcome: stop(logInStep),
    reason: 'The session is not valid, also after it was renewed.',
  },
  {
    code: 'REQUEST_LIMIT_EXCEEDED',
    text: /concurrent/i,
    outcome: busy,
    reason: 'The org has too many long calls at once.',
  },
  { code: 'REQUEST_LIMIT_EXCEEDED', outcome: exhausted, reason: 'The daily API calls of the org are used up.' },
  { status: 429, outcome: busy, reason: 'The org asks for fewer calls.' },
  { status: 420, outcome: busy, reason: 'The edge of the platform has no route to the org.' },
  { status: 503, code: 'SERVER_UNAVAILABLE', outcome: busy, reason: 'The org says that it is too busy.' },

  // Only waiting or sending less helps.
  { code: 'UNABLE_TO_LOCK_ROW', outcome: locked, reason: 'A row is locked by another transaction.' },
  { status: [400, 499], text: lockText, outcome: locked, reason: 'A row is locked by another transaction.' },
  {
    code: /^(ALL_OR_NONE_OPERATION_ROLLED_BACK|PROCESSING_HALTED|BATCH_PROCESSING_HALTED)$/,
    outcome: { kind: 'later', stored: 'nothing', pause: 'none' },
    reason: 'Rolled back because another record of the call failed.',
  },
  {
    code: /^(QUERY_TIMEOUT|QUERY_TOO_COMPLICATED|EXCEEDED_ID_LIMIT|OPERATION_TOO_LARGE)$/,
    outcome: tooLarge,
    reason: 'The query asks for too much at once.',
  },
  {
    code: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    text: /limit|too many/i,
    outcome: { kind: 'tooLarge', stored: 'nothingIfSingle' },
    reason: 'A trigger or flow ran into a limit.',
  },
  {
    code: 'REQUEST_RUNNING_TOO_LONG',
    outcome: { kind: 'tooLarge', stored: 'perhaps' },
    reason: 'The call ran longer than the platform allows.',
  },

  // No call of this run can succeed until somebody changes the org.
  {
    code: /^(STORAGE_LIMIT_EXCEEDED|LIMIT_EXCEEDED)$/,
    outcome: { kind: 'stop', stored: 'nothingIfSingle', toDo: 'Free storage or raise the limit in the org.' },
    reason: 'A limit of the org is reached.',
  },
  {
    code: /^TXN_SECURITY_/,
    outcome: stop('Ask the administrator about transaction security policies.'),
    reason: 'A security policy of the org forbids it.',
  },
  {
    code: /^(API_DISABLED_FOR_ORG|API_CURRENTLY_DISABLED)$/,
    outcome: stop('Give the user the permission "API Enabled", or use an edition with API access.'),
    reason: 'The API is off for this org or user.',
  },
  {
    code: 'FUNCTIONALITY_NOT_ENABLED',
    outcome: stop('Turn on Loyalty Management and give the user its license and permission set.'),
    reason: 'The org or the user does not have this feature.',
  },
  {
    // A gateway on the way refuses with a page. Only the org sends a code.
    status: 403,
    code: /./,
    outcome: stop('Give the user the Loyalty Management permission set.'),
    reason: 'The user may not do this.',
  },
  {
    code: 'INSUFFICIENT_ACCESS',
    outcome: stop('Give the user the Loyalty Management permission set.'),
    reason: 'The user may not do this.',
  },

  {
    status: 501,
    code: 'NOT_IMPLEMENTED',
    outcome: stop('Use an org that has this resource.'),
    reason: 'The local org does not have this resource.',
  },

  // These records are refused for good.
  {
    code: 'DUPLICATE_VALUE',
    outcome: { kind: 'refused', stored: 'perhaps' },
    reason: 'The org has a record with this value, perhaps from an earlier attempt.',
  },
  { status: 404, code: 'ENTITY_IS_DELETED', outcome: refused, reason: 'The record is deleted.' },
  {
    status: 404,
    code: /./,
    outcome: stop('Check the program, the process and the API version.'),
    reason: 'The org does not know this program, process or resource.',
  },
  { status: 405, outcome: stop('Use a newer API version.'), reason: 'The resource does not take this method.' },

  {
    status: 500,
    code: 'MULTIPLE_VOUCHERS',
    outcome: refused,
    reason: 'Several vouchers of the member have this code: the voucher number says which one.',
  },

  // The org failed, or something between us and the org answered.
  { code: /^UNKN?OWN_EXCEPTION$/, outcome: unknown, reason: 'The org failed without saying how far it came.' },
  { status: [300, 399], outcome: unknown, reason: 'Somebody answered with a redirect.' },
  { status: [500, 599], outcome: unknown, reason: 'The org failed.' },
  { status: [400, 499], outcome: refused, reason: 'The org refused the data.' },
];

/** What the table examines. */
export interface Refusal {
  readonly status: number;
  readonly code: string | null;
  /** Codes and messages of all errors, one on each line. */
  readonly text: string;
}

export function decidingRow({ status, code, text }: Refusal): VerdictRow | undefined {
  return verdictTable.find(
    (row) => hasStatus(row, status) && hasCode(row, code ?? '') && (row.text === undefined || row.text.test(text)),
  );
}

function hasStatus({ status: wanted }: VerdictRow, status: number): boolean {
  if (wanted === undefined) return true;
  return typeof wanted === 'number' ? wanted === status : wanted[0] <= status && status <= wanted[1];
}

function hasCode({ code: wanted }: VerdictRow, code: string): boolean {
  if (wanted === undefined) return true;
  return typeof wanted === 'string' ? wanted === code : wanted.test(code);
}
