import type { SourceRecord } from '../../outbox/index.js';
import { isSettled, openUntil } from './endMark.js';
import { heartbeatLife } from './heldSource.js';
import { JournalCount } from './journalCount.js';
import { olderOutbox } from './rivalTexts.js';
import type { GuardContext, GuardStart, SourceStart } from './sourceGuard.js';
import { isOfOutbox } from './sourceTurns.js';
import type { SourceTurn } from './sourceTurns.js';

/** A process sends for the life of a heartbeat after its last look, and a request takes a window. In milliseconds. */
export function longestDoubt({ settleWindow }: GuardContext): number {
  return heartbeatLife + settleWindow;
}

/** Decides how far a local "not sent" can be trusted, now that it is the turn of this process. */
export async function startOfTurn(context: GuardContext, turn: SourceTurn): Promise<SourceStart> {
  const { source, before, known: record } = turn;
  const { sources } = context.outbox;
  const [newest] = before;
  // A process that died while it met the source accounts for nothing.
  const known = record?.countedSince === undefined ? undefined : record;
  const isNewest = known?.cleanEnd !== undefined && newest?.Clean_End__c === known.cleanEnd;
  const isSettledEnd = isNewest && isSettled(newest.Clean_End__c);
  if (!isSettledEnd && (await lacksNothing(context, turn))) return goOn(context, source);
  const count = new JournalCount(context, source);
  const baseline = await count.baseline();
  const isKnown = record !== undefined || newest !== undefined || (await count.isKnownToOrg());
  const isCurrent = isSettledEnd && (await count.excess(known)) === 0;
  await sources.remember(source, { cleanEnd: undefined });
  if (!isKnown || isCurrent) {
    await sources.remember(source, { ...baseline, windowPassed: true });
    return { lookUpFirst: isKnown && (known?.lookUpFirst ?? true), absentCountsFrom: 0, notes: [], doubled: [] };
  }
  const { keepsCount, ...caughtUp } = known
    ? await catchUp(context, { source, count, known })
    : { notes: [], doubled: [], keepsCount: false };
  if (!known) await sources.remember(source, { lookUpFirst: true });
  // An outbox that is not up to date waits for a whole window. Otherwise, wait only as long as requests may be open.
  const isLost = newest === undefined || (known !== undefined && !isNewest);
  const wait = isLost ? longestDoubt(context) : openFor(context, turn);
  await sources.remember(source, { ...(keepsCount ? {} : baseline), windowPassed: wait <= 0 });
  const absentCountsFrom = wait > 0 ? context.clock.monotonic() + wait : 0;
  return { lookUpFirst: true, absentCountsFrom, ...caughtUp };
}

/** Nothing has to be waited for, but others may have sent something: a count does not always show journals made by hand. */
async function goOn({ outbox }: GuardContext, source: string): Promise<SourceStart> {
  await outbox.sources.remember(source, { cleanEnd: undefined });
  await outbox.sources.doubtReady();
  return { lookUpFirst: true, absentCountsFrom: 0, notes: [], doubled: [] };
}

/**
 * Whether the outbox provably has all that was ever stored in it, and its own process was the last one that sent the
 * source. Then only what was under way has to wait, as anywhere.
 */
async function lacksNothing(context: GuardContext, { source, before: [newest], known }: SourceTurn): Promise<boolean> {
  if (!context.outbox.continuity?.isUnbroken) return false;
  if (!newest || known?.countedSince === undefined || !known.windowPassed) return false;
  const isOwn = known.ownerToken !== undefined && isOfOutbox(newest, known.ownerToken, context.outbox);
  // A process may have stored its epoch, and died before the org had it.
  if (!isOwn || newest.Epoch__c > known.epoch) return false;
  return (await new JournalCount(context, source).excess(known)) === 0;
}

interface Earlier {
  readonly source: string;
  readonly count: JournalCount;
  readonly known: SourceRecord;
}

/**
 * Has open items looked up first, and imports the keys that the org has received since into an older outbox. What is in
 * doubt may hide as many journals that the outbox does not know: then the count goes on until nothing is in doubt.
 */
async function catchUp(
  { outbox: { sources, delivery } }: GuardContext,
  { source, count, known }: Earlier,
): Promise<Pick<GuardStart, 'notes' | 'doubled'> & { readonly keepsCount: boolean }> {
  const isInDoubt = (await sources.inDoubt(source)) > 0;
  const isOlder = (await count.excess(known)) > 0;
  const doubled = isOlder ? await count.doubled(known) : [];
  if (isOlder) await count.importKeys(known);
  // Stored before the new count: if the process dies here, they must not be lost.
  await delivery.markDoubled(doubled);
  const doubted = await sources.doubtReady();
  return { notes: isOlder ? [olderOutbox(source, doubted)] : [], doubled, keepsCount: isInDoubt && !isOlder };
}

/** Milliseconds until nothing of the earlier processes can reach the org any more. */
function openFor(context: GuardContext, { before }: SourceTurn): number {
  const until = Math.max(...before.map((row) => openUntil(row, longestDoubt(context))));
  return Math.max(0, until - (context.client.orgTime ?? context.clock.now()));
}
