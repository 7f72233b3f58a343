import { isDatabaseAway } from '../../base/databaseAway.js';
import { statementTimeout } from './databaseConnection.js';
import type { DatabaseAddress } from './databaseAddress.js';
import { FeedError } from '../feedError.js';
import type { FeedErrorCode } from '../feedError.js';

/** What was being read when a database failed. */
export interface ReadDatabase {
  readonly address: DatabaseAddress;
  /** Table, view or query, as messages name it. */
  readonly what: string;
  /** Columns in whose order it is read. */
  readonly orderBy: readonly string[];
}

/** Whether the same question may be answered later: the server or the network is in trouble. */
export function mayAnswerLater(error: unknown): boolean {
  return isDatabaseAway(error) || networkReasons[codeOf(error) ?? ''] !== undefined;
}

/** Whether the server cannot write what was asked for, because it is larger than a gigabyte. */
export function isTooLarge(error: unknown): boolean {
  const cause = error instanceof FeedError ? error.cause : error;
  const code = codeOf(cause);
  return code === '54000' || (code === 'XX000' && cause instanceof Error && cause.message.includes('memory alloc'));
}

/** Says what a person can do about the error of a database. A {@link FeedError} is returned as it is. */
export function databaseError(error: unknown, read: ReadDatabase): FeedError {
  if (error instanceof FeedError) return error;
  const { code, message, action } = explanation(error, read);
  return new FeedError(code, message, [action], { cause: error });
}

interface Explanation {
  readonly code: FeedErrorCode;
  readonly message: string;
  readonly action: string;
}

function explanation(error: unknown, read: ReadDatabase): Explanation {
  const { address, what, orderBy } = read;
  const code = codeOf(error) ?? '';
  const said = error instanceof Error ? error.message : String(error);
  const unreadable = (why: string, action: string): Explanation => ({
    code: 'database-unreadable',
    message: `The database ${address.name} cannot be read: ${why}.`,
    action,
  });
  if (/^SASL.*password must be/.test(said)) return unreadable('it asks for a password, and none is set', loginStep);
  if (!isSqlState(code)) return unreadable(networkReasons[code] ?? said, networkStep(said, read));
  if (code.startsWith('28')) return unreadable(said, loginStep);
  if (code === '3D000') return unreadable(said, 'Correct the name behind the last slash of the address.');
  if (code === '42501')
    return unreadable(
      said,
      `Let this user read it, as with GRANT SELECT ON ${what} TO "${address.user ?? 'the user'}".`,
    );
  if (code === '57014')
    return unreadable(
      `it took longer than ${statementTimeout / 1000} seconds to find the next rows of ${what}`,
      `Create an index on (${orderBy.join(', ')}), or let the query read fewer rows.`,
    );
  const failed = `The database ${address.name} cannot read ${what}: ${said}.`;
  if (code.startsWith('25'))
    return {
      code: 'mapping-invalid',
      message: failed,
      action: 'Let the query only read: this connection cannot write.',
    };
  if (code.startsWith('42') || code.startsWith('0A'))
    return { code: 'mapping-invalid', message: failed, action: 'Correct the section `database` of the mapping.' };
  return {
    code: 'database-unreadable',
    message: failed,
    action: 'Correct the cause in the database, and resume the run.',
  };
}

const loginStep =
  'Correct the user in the address, and set PGPASSWORD or write the password into ~/.pgpass, which only its owner may read.';

function networkStep(said: string, { address }: ReadDatabase): string {
  if (/does not support SSL/i.test(said))
    return 'Let the server use TLS. In a network that you trust, add ?sslmode=disable to the address.';
  if (/altnames/i.test(said))
    return 'Name the host as its certificate does. sslmode=verify-ca checks the certificate without the name.';
  if (/certificate|self.signed/i.test(said))
    return 'Add ?sslrootcert=FILE with the certificate of the authority to the address. sslmode=require encrypts, but trusts every server.';
  return `Check that the server runs and can be reached from here, for example with psql "${address.name}".`;
}

const networkReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at this host and port',
  ECONNRESET: 'the connection was lost',
  EPIPE: 'the connection was lost',
  ETIMEDOUT: 'the host did not answer',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ENOTFOUND: 'there is no host of this name',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  ENOENT: 'there is no such socket',
};

function isSqlState(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code) && networkReasons[code] === undefined;
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
