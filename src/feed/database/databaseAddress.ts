import { isLoopback } from '../../base/http/loopback.js';
import { nearest } from '../../base/text/nearest.js';
import { FeedError } from '../feedError.js';

/** Where a database is, without its password. */
export interface DatabaseAddress {
  /** Host, port and database, as messages and reports name them. The user may change; the feed is the same. */
  readonly name: string;
  /** What is undefined follows from PGHOST, PGPORT, PGUSER and PGDATABASE, as in psql. */
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly user: string | undefined;
  readonly database: string | undefined;
  readonly sslmode: SslMode;
  /** Paths of certificates. */
  readonly sslrootcert: string | undefined;
  readonly sslcert: string | undefined;
  readonly sslkey: string | undefined;
}

const sslModes = ['disable', 'require', 'verify-ca', 'verify-full'] as const;
export type SslMode = (typeof sslModes)[number];

const parameters = ['host', 'user', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey'] as const;

/** Whether a feed is named by the address of a database. */
export function isDatabaseAddress(name: string): boolean {
  return /^postgres(ql)?:/i.test(name);
}

/**
 * Reads an address such as `postgres://reader@db.example.com/shop?sslmode=verify-full`.
 * @throws {FeedError} if it cannot be read, or has a password
 */
export function parseDatabaseAddress(address: string): DatabaseAddress {
  const url = URL.parse(address.replace(/^postgresql:/i, 'postgres:'));
  if (!url) throw invalid('The address of the database cannot be read.');
  if (url.password !== '' || url.searchParams.has('password')) throw withPassword(url);
  for (const name of url.searchParams.keys()) if (!isParameter(name)) throw unknownParameter(name);
  const given = (name: (typeof parameters)[number]): string | undefined => url.searchParams.get(name) ?? undefined;
  const host = given('host') ?? decoded(url.hostname.replace(/^\[(.*)\]$/, '$1'));
  const database = decoded(url.pathname.slice(1));
  const port = url.port === '' ? undefined : Number(url.port);
  return {
    name: `postgres://${host?.startsWith('/') ? encodeURIComponent(host) : (host ?? '')}${url.port === '' ? '' : `:${url.port}`}/${database ?? ''}`,
    ...{ host, port, database, user: decoded(url.username) ?? given('user') },
    sslmode: sslModeOf(given('sslmode') ?? process.env['PGSSLMODE'], host ?? process.env['PGHOST']),
    sslrootcert: given('sslrootcert') ?? process.env['PGSSLROOTCERT'],
    sslcert: given('sslcert') ?? process.env['PGSSLCERT'],
    sslkey: given('sslkey') ?? process.env['PGSSLKEY'],
  };
}

/** A database on another machine is asked for a certificate unless the address says otherwise. */
function sslModeOf(given: string | undefined, host = 'localhost'): SslMode {
  if (given === undefined || given === '') return isLocal(host) ? 'disable' : 'verify-full';
  const mode = sslModes.find((each) => each === given);
  if (mode) return mode;
  throw invalid(`The address of the database has sslmode=${given}, which is none of ${sslModes.join(', ')}.`);
}

function isLocal(host: string): boolean {
  return host.startsWith('/') || isLoopback(host);
}

function isParameter(name: string): boolean {
  return parameters.some((each) => each === name);
}

function decoded(part: string): string | undefined {
  if (part === '') return undefined;
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalid('The address of the database has a % that begins no escape: write it as %25.');
  }
}

function unknownParameter(name: string): FeedError {
  const meant = nearest(name, parameters);
  const hint = meant === undefined ? `It may have ${parameters.join(', ')}.` : `Did you mean ${meant}?`;
  return invalid(`The address of the database has the parameter ${name}, which is not known. ${hint}`);
}

function withPassword({ host, pathname }: URL): FeedError {
  const action =
    'Leave it out, and set the environment variable PGPASSWORD, or write it into ~/.pgpass (PGPASSFILE): then it is in no list of processes, no shell history, and no run.';
  return new FeedError('unknown-format', `The address of the database at ${host}${pathname} has a password.`, [action]);
}

function invalid(message: string): FeedError {
  const action =
    'Write it like postgres://USER@HOST:5432/DATABASE. Which table is read is said by the mapping, in its section `database`.';
  return new FeedError('unknown-format', message, [action]);
}
