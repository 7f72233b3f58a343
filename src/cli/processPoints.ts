import { readMovedBalances } from '../client/index.js';
import type { LoyaltyClient, MovedBalance } from '../client/index.js';
import type { OnceOptions, OnceResult, PointsCredit } from '../sync/index.js';
import { missingProcess } from './errors/missingProcess.js';
import type { ExitCode } from './errors/exitCodes.js';
import type { KeyedContext, KeyedFlags } from './keyedCommand.js';
import type { OnceOutcome } from './keyedOutcome.js';

export interface PointsFlags extends KeyedFlags {
  readonly member: string;
  readonly points: string;
  readonly process: string;
}

/** A command that moves points by a process. */
interface PointsProcess {
  readonly type: 'CreditPointsToMembers' | 'DebitPointsFromMembers';
  readonly move: (
    client: LoyaltyClient,
    movement: PointsCredit,
    options: Omit<OnceOptions, 'content'>,
  ) => Promise<OnceResult<unknown>>;
  /** Returns the number of the journal for a key. */
  readonly numberOf: (client: LoyaltyClient, key: string) => Promise<string>;
}

export interface PointsRecord extends OnceOutcome {
  readonly key: string;
  readonly member: string;
  readonly points: number;
  readonly balances: MovedBalance[];
}

/**
 * Moves points by a process, once for a key, and reads currency and balance afterwards. The points are moved even if
 * that cannot be read.
 *
 * @throws {SfError} that lists the processes, if the org does not have the named one
 */
export async function processPoints(
  { client, program, flags, once }: KeyedContext<PointsFlags>,
  { type, move, numberOf }: PointsProcess,
): Promise<{ record: PointsRecord; exitCode: ExitCode }> {
  const { process: processName } = flags;
  const points = Number(flags.points);
  const { Id: memberId, MembershipNumber: member } = await client.members.get(program, flags.member);
  const given = { member, points: flags.points, process: processName === type ? undefined : processName };
  const movement = { program, member, points, processName, activityDate: new Date().toISOString() };
  const { record, exitCode } = await once(given, (options) => move(client, movement, options));
  if (record.status === 'refused') await failIfMissing(client, program, { type, name: processName });
  const isMoved = record.status === 'done' || record.status === 'known';
  const number = () => numberOf(client, record.key);
  const balances = isMoved ? await balancesOf(client, program, { memberId, number: number() }) : [];
  return { record: { ...record, member, points, balances }, exitCode };
}

/** The number was found before the call, so that an error is not expected; if it comes, nothing is told. */
async function balancesOf(
  client: LoyaltyClient,
  program: string,
  { memberId, number }: { readonly memberId: string; readonly number: Promise<string> },
): Promise<MovedBalance[]> {
  const externalTransactionNumber = await number.catch(() => undefined);
  if (externalTransactionNumber === undefined) return [];
  return readMovedBalances(client, program, { memberId, by: { externalTransactionNumber } });
}

async function failIfMissing(
  client: LoyaltyClient,
  program: string,
  process: Parameters<typeof missingProcess>[2],
): Promise<void> {
  const error = await missingProcess(client, program, process);
  if (error) throw error;
}
