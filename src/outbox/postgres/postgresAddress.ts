import { hiddenText } from '../../base/text/withoutSecrets.js';
import { meantName } from '../../base/text/nearest.js';
import { OutboxAddressError } from '../outboxAddressError.js';

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
const longestPort = 65_535;

const ownParameters = ['outbox', 'lease'] as const;
const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];
/** Of the client for Node.js: encrypts, and trusts every server. */
const noVerify = 'no-verify';

/** Those of libpq (https://www.postgresql.org/docs/current/libpq-connect.html), and behind them those of the client. */
const postgresParameters = [
  ...['host', 'hostaddr', 'port', 'dbname', 'user', 'password', 'passfile', 'require_auth', 'channel_binding'],
  ...['connect_timeout', 'client_encoding', 'options', 'application_name', 'fallback_application_name'],
  ...['keepalives', 'keepalives_idle', 'keepalives_interval', 'keepalives_count', 'tcp_user_timeout', 'replication'],
  ...['sslmode', 'sslnegotiation', 'sslcompression', 'sslcert', 'sslkey', 'sslpassword', 'sslcertmode', 'sslrootcert'],
  ...['sslcrl', 'sslcrldir', 'sslsni', 'ssl_min_protocol_version', 'ssl_max_protocol_version', 'requirepeer'],
  ...['min_protocol_version', 'max_protocol_version', 'gssencmode', 'gsslib', 'gssdelegation', 'krbsrvname'],
  ...['service', 'target_session_attrs', 'load_balance_hosts'],
  ...['ssl', 'uselibpqcompat', 'database', 'encoding', 'query_timeout', 'statement_timeout', 'lock_timeout'],
  ...['idle_in_transaction_session_timeout'],
];

/** Whether it is the address of a shared outbox, and not the path of a file. */
export function isPostgresAddress(address: string): boolean {
  return /^postgres(ql)?:\/\//i.test(address);
}

/**
 * Reads `postgres://user@host:port/database?outbox=name&lease=10`. Everything else in the query, such as `sslmode`, is
 * meant for PostgreSQL.
 * @throws {OutboxAddressError} for anything else
 */
export function readPostgresAddress(address: string): PostgresAddress {
  const url = readUrl(address);
  checkParameters(address, url.searchParams);
  const outbox = url.searchParams.get('outbox') ?? usualOutbox;
  const lease = Number(url.searchParams.get('lease') ?? usualLease);
  const shown = new URL(url);
  shown.password = '';
  for (const name of ['password', 'sslpassword']) shown.searchParams.delete(name);
  for (const name of ownParameters) url.searchParams.delete(name);
  return { connectionString: url.href, outbox, lease: 1000 * lease, shown: shown.href };
}

function readUrl(address: string): URL {
  const form = 'Write it like postgres://USER@HOST:5432/DATABASE?outbox=NAME';
  try {
    decodeURIComponent(address);
  } catch {
    throw invalid(address, 'It has a % that begins no escape.', 'Write it as %25.');
  }
  const url = URL.parse(address);
  if (url && url.port !== '0') return url;
  const escapes = '/, @, : and # in a user, a password or a name as %2F, %40, %3A and %23';
  const reason = 'It is not an address with a valid host and port.';
  throw invalid(address, reason, `${form}, with a port from 1 to ${longestPort}, and ${escapes}.`);
}

function checkParameters(address: string, given: URLSearchParams): void {
  const known = [...ownParameters, ...postgresParameters];
  for (const name of new Set(given.keys())) {
    if (!known.includes(name)) {
      const meant = meantName(name, known);
      const action = `Leave it out, or write one of PostgreSQL's. The outbox's own parameters are ${ownParameters.join(' and ')}.`;
      throw invalid(
        address,
        `The parameter ${name} is not known.`,
        meant === undefined ? action : `Did you mean ${meant}?`,
      );
    }
    const values = given.getAll(name);
    if (values.length > 1) throw invalid(address, `It has ${name}= more than once.`, 'Leave the others out.');
    checkValue(address, name, values[0] ?? '');
  }
}

function checkValue(address: string, name: string, value: string): void {
  const must = (isRight: boolean, action: string): void => {
    if (!isRight) throw invalid(address, `${name}=${value} is not valid.`, action);
  };
  if (name === 'outbox') must(value.trim() !== '', 'Write the name of the outbox, or leave "outbox=" out.');
  const isNumber = /^\d+(\.\d+)?$/.test(value);
  if (name === 'lease')
    must(isNumber && +value >= 1 && +value <= longestLease, `Write seconds, from 1 to ${longestLease}.`);
  if (name === 'port')
    must(/^\d+$/.test(value) && +value >= 1 && +value <= longestPort, `Write a number from 1 to ${longestPort}.`);
  if (name === 'sslmode') must([...sslModes, noVerify].includes(value), `Write one of ${sslModes.join(', ')}.`);
}

function invalid(address: string, reason: string, action: string): OutboxAddressError {
  return new OutboxAddressError(reason, withoutPassword(address), action);
}

/** Hides the password of an address that cannot be read: what is between the user and the last `@`. */
function withoutPassword(address: string): string {
  return address
    .replace(/^(\w+:\/\/[^:@?#]*):.*@/s, `$1:${hiddenText}@`)
    .replace(/([?&](?:ssl)?password=)[^&#]*/gi, `$1${hiddenText}`);
}
