/** Codes of errors that end by themselves: the server starts, stops, or has too many clients; a connection is lost. */
const passing =
  /^(08...|57P0[123]|53300|55P03|40001|40P01|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/;

/** The client gives these no code. */
const lost =
  /connection terminated|timeout expired|timeout exceeded|read timeout|client has encountered a connection error|client was closed/i;

/** Whether the same may work a little later. */
export function isAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isAway);
  if (!(error instanceof Error)) return false;
  return passing.test('code' in error ? String(error.code) : '') || lost.test(error.message);
}

/** Whether the database, its client or the network has thrown it. */
export function isDatabaseError(error: unknown): boolean {
  return isAway(error) || (error instanceof Error && 'code' in error && typeof error.code === 'string');
}
