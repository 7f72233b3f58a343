/**
 * How feed, outbox and org can differ over a transaction. `docs/sync.md` explains each.
 *
 * - The feed: `rejected`, `repeated`, `conflictInFeed`, and against the outbox `notInOutbox`, `otherInOutbox`.
 * - What the outbox itself says is not done: `open`, `refused`, `parked`, `conflictInOrg`.
 * - The org, of what is done: `notInOrg`, `doubled`, `notRun`, `failed`, `cancelled`, `status`, `otherJournal`.
 * - Content of the org's journal: `member`, `type`, `subtype`, `date`, `amount`, `quantity`, `distance`, and `content` if
 *   only its hash is known.
 * - The org has what nobody expects: `onlyInOrg`, `inOrgAnyway`.
 */
export const differenceStatuses = [
  ...(['rejected', 'repeated', 'conflictInFeed', 'notInOutbox', 'otherInOutbox'] as const),
  ...(['open', 'refused', 'parked', 'conflictInOrg'] as const),
  ...(['notInOrg', 'doubled', 'notRun', 'failed', 'cancelled', 'status', 'otherJournal'] as const),
  ...(['member', 'type', 'subtype', 'date', 'amount', 'quantity', 'distance', 'content'] as const),
  ...(['onlyInOrg', 'inOrgAnyway'] as const),
] as const;
export type DifferenceStatus = (typeof differenceStatuses)[number];

export interface Difference {
  /** Idempotency key. For a journal that only the org has: its ExternalTransactionNumber. Absent for a rejected row. */
  readonly key?: string | undefined;
  readonly status: DifferenceStatus;
  readonly member?: string | undefined;
  /** Where it was read, if that is known. */
  readonly feed?: string | undefined;
  readonly line?: number | undefined;
  /** Ids of the journals in the org that it is about. */
  readonly journals: readonly string[];
  /** What was to be sent, and what the org has. */
  readonly expected?: string | undefined;
  readonly found?: string | undefined;
  readonly message: string;
}
