/** Where a shared outbox is: a PostgreSQL database, and the name of the outbox in it. */
export interface PostgresAddress {
  /** What PostgreSQL's client understands. */
  readonly connectionString: string;
  readonly outbox: string;
  /** How long a lease lasts without being renewed, in milliseconds. */
  readonly lease: number;
  /** The address without its password, to show and to use again. */
  readonly shown: string;
}

const usualOutbox = 'default';
/** Seconds. */
const usualLease = 10;
const longestLease = 300;

/** Whether it is the address of a shared outbox, and not the path of a file. */
export function isPostgresAddress(address: string): boolean {
  return /^postgres(ql)?:\/\//i.test(address);
}

/**
 * Reads `postgres://user@host:port/database?outbox=name&lease=10`. Everything else in the query, such as `sslmode`, is
 * meant for PostgreSQL.
 * @throws {RangeError} for anything else
 */
export function readPostgresAddress(address: string): PostgresAddress {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url)
    throw new RangeError('The address of the shared outbox cannot be read. Write postgres://user@host:port/database.');
  const outbox = url.searchParams.get('outbox') ?? usualOutbox;
  if (outbox.trim() === '')
    throw new RangeError(
      'The address of the shared outbox has an empty name in "outbox=". Write a name there, or leave it out.',
    );
  const lease = Number(url.searchParams.get('lease') ?? usualLease);
  if (!(lease >= 1 && lease <= longestLease))
    throw new RangeError(
      `The address of the shared outbox has lease=${url.searchParams.get('lease')}. It is in seconds, from 1 to ${longestLease}.`,
    );
  const shown = new URL(url);
  shown.password = '';
  for (const name of ['password', 'sslpassword']) shown.searchParams.delete(name);
  for (const name of ['outbox', 'lease']) url.searchParams.delete(name);
  return { connectionString: url.href, outbox, lease: 1000 * lease, shown: shown.href };
}
