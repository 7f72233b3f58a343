/**
 * SQLSTATEs (https://www.postgresql.org/docs/current/errcodes-appendix.html): 08 connections, 25P03 a transaction in which
 * nothing happened for too long, 40 rollbacks, as on a standby, 53 resources, 55P03 a lock that was not given in time, 57P0
 * a server that ends or begins. Then codes of the network.
 */
const passing =
  /^(08...|25P03|40...|53...|55P03|57P0.|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/;

/** The client gives these no code. */
const lost =
  /connection terminated|timeout expired|timeout exceeded|read timeout|client has encountered a connection error|client was closed/i;

/** Whether a PostgreSQL database may answer the same question a little later: the server or the network is in trouble. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  if (!(error instanceof Error)) return false;
  return passing.test('code' in error ? String(error.code) : '') || lost.test(error.message);
}
