/** Counts the records by status. */
export function countBy<S extends string>(
  records: readonly { readonly status: S }[],
  statuses: readonly S[],
): Record<S, number> {
  const counts = Object.fromEntries(statuses.map((status) => [status, 0])) as Record<S, number>;
  for (const { status } of records) counts[status] += 1;
  return counts;
}
