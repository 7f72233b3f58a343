/** How many records have each of these statuses. */
export function countBy<S extends string>(
  records: readonly { readonly status: S }[],
  statuses: readonly S[],
): Record<S, number> {
  const counts = Object.fromEntries(statuses.map((status) => [status, 0])) as Record<S, number>;
  for (const { status } of records) counts[status] += 1;
  return counts;
}

/** Exit code of a command over one or many records: 69 something unknown, 1 nothing worked, 68 something failed. */
export function exitCodeFor({ good, failed, unknown }: { good: number; failed: number; unknown: number }): number {
  if (unknown > 0) return 69;
  if (failed === 0) return 0;
  return good > 0 ? 68 : 1;
}
