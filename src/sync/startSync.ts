import { systemClock } from '../base/clock.js';
import { seededRandom } from '../base/random.js';
import type { Feed, JournalTarget, WatchedFeeds } from '../feed/index.js';
import { isOutboxError } from '../outbox/index.js';
import type { Outbox, Run } from '../outbox/index.js';
import { chooseGuard, choosePlanGuard } from './guard/chooseGuard.js';
import type { GuardStart, SourceGuard } from './guard/sourceGuard.js';
import { findKept } from './keepOrg.js';
import { patiently } from './patientReads.js';
import type { Patience } from './patientReads.js';
import { askFirstMembers } from './firstMembers.js';
import type { FirstMembers } from './firstMembers.js';
import { readMemberFields } from './readMemberFields.js';
import { inspectOrg, mustBelongTo, mustFit } from './preflight.js';
import type { OrgFacts } from './preflight.js';
import { checkRejectLimit } from './rejectLimit.js';
import { mustHaveRead, mustKnowKeys } from './retryChecks.js';
import { checkOptions, defaults, defaultWait } from './syncOptions.js';
import type { LiveOptions, ResumeOptions, RetryOptions, StartOptions, SyncOptions } from './syncOptions.js';
import type { SyncPlan } from './syncPlan.js';
import type { SyncReport } from './syncReport.js';
import { targetOfRoute } from './routes/chooseRoute.js';
import { checkRouteSetup } from './routes/checkRouteSetup.js';
import { SyncRun } from './syncRun.js';
import type { LiveReading } from './runFeeds.js';
import { feedsUnread, restUnread } from './runEndings.js';
import { WatchFlow } from './watch/watchFlow.js';
import { watchingDefaults } from './watch/watchingOptions.js';
import type { WatchingOptions, WatchSyncOptions } from './watch/watchingOptions.js';

/**
 * Mirrors feeds into a loyalty program: reads them into the outbox, then delivers what the outbox owes. Safe to repeat,
 * and to end at any time. Nothing is read or sent if it throws one of these:
 * @throws {OutboxBusyError} if another process, or another caller in this one, delivers from the same outbox
 * @throws {UnknownProgramError} if the org has no such program
 * @throws {OtherOwnerError} if the outbox belongs to another org or program
 * @throws {FeedError} if the mapping of a feed names a field that TransactionJournal does not have
 * @throws {RouteSetupError} if the org is not set up for the route
 * @throws {TooManyRejectsError} if more rows are bad than `maxRejects` allows
 */
export async function startSync(options: StartOptions): Promise<SyncReport> {
  checkOptions(options);
  const { outbox, source, feeds, limit } = options;
  using lock = await outbox.lock();
  return await prepared(options, { feeds, source, first: feeds }, async ({ facts, guard, start, first }) => {
    await mustHaveFewRejects(options, facts);
    const run = await begin(options, facts);
    const reads = { feeds, source, lookUpFirst: () => guard.looksUpFirst, limit };
    return new SyncRun(options, { facts, run, guard, start, first }).complete(reads);
  });
}

/**
 * Continues a run that was cut off, interrupted or left unfinished: reads the rest of its feeds and delivers.
 * @throws {Error} as {@link startSync}
 */
export async function resumeSync(options: ResumeOptions): Promise<SyncReport> {
  const { outbox, feeds, source, watched } = options;
  checkOptions(options);
  using lock = await outbox.lock();
  const run = await existing(outbox, options.run);
  const all = watched ? [...feeds, watched] : feeds;
  const sends = { feeds: all, source: all.length > 0 ? source : undefined };
  return await prepared(options, sends, async ({ facts, guard, start }) => {
    await outbox.runs.resume(run.id);
    const { unreadable } = options;
    const live = watched && readingOf(watched, {});
    const reads = { feeds, source, lookUpFirst: () => guard.looksUpFirst, unreadable, live };
    return new SyncRun(options, { facts, run, guard, start }).complete(reads);
  });
}

/**
 * Retries transactions that need a person, after the cause is gone: all of them, or those with one of these keys or
 * codes, or from one run. Each one is looked up in the org before it is sent. Also delivers everything else that the
 * outbox owes.
 *
 * A retried transaction comes after later transactions of its member that are already done, so the order of the feed is
 * broken.
 * @throws {UnfinishedRunError} if the latest run was cut off: it must be resumed first
 * @throws {UnknownKeysError} for keys that the outbox (or the run) does not have; nothing is retried then
 * @throws {NothingToKeepError} for keys in `keepOrg` whose content in the org cannot be kept
 * @throws {Error} as {@link startSync}
 */
export async function retrySync(options: RetryOptions): Promise<SyncReport> {
  const { outbox, keys = [], keepOrg = [], run: from, settings } = options;
  checkOptions(options);
  using lock = await outbox.lock();
  const latest = await outbox.runs.find();
  if (latest) await mustHaveRead(outbox, latest);
  if (from !== undefined) await existing(outbox, from);
  await mustKnowKeys(outbox, [...keys, ...keepOrg], from);
  return await prepared(options, { feeds: [], source: undefined }, async ({ facts, guard, start }) => {
    const { program, programId } = facts;
    const kept = await findKept(options, facts, patienceOf(options));
    const run = await outbox.runs.begin({ ...settings, program, programId, retry: true });
    for (const { key, journalId } of kept) await outbox.deadLetters.keepOrg(run.id, key, journalId);
    if (keepOrg.length === 0 || keys.length > 0) await outbox.deadLetters.takeUp(run.id, { ...options, run: from });
    const reads = { feeds: [], source: '', lookUpFirst: () => true };
    return new SyncRun(options, { facts, run, guard, start }).complete(reads);
  });
}

/**
 * A run that goes on until its flow is over.
 * @param open called when the run has begun; returns what it reads
 * @throws {Error} as {@link startSync}
 */
export async function runLive(options: LiveOptions, open: LiveReading['open']): Promise<SyncReport> {
  checkOptions(options);
  const { outbox, source, settings } = options;
  using lock = await outbox.lock();
  return await prepared(options, { feeds: [], source }, async ({ facts, guard, start }) => {
    const run = await begin({ ...options, settings: { ...settings, live: true } }, facts);
    const reads = { feeds: [], source, lookUpFirst: () => guard.looksUpFirst, live: { open, unread: feedsUnread } };
    return new SyncRun(options, { facts, run, guard, start }).complete(reads);
  });
}

/**
 * Mirrors what it watches, a growing file or a folder, until the watch ends. A feed that cannot be read, or that changes
 * while it is watched, is the reason why the run has failed; everything else is read and delivered before.
 * @throws {Error} as {@link startSync}
 */
export async function watchSync(options: WatchSyncOptions): Promise<SyncReport> {
  checkOptions(options);
  const { outbox, source, watched } = options;
  using lock = await outbox.lock();
  return await prepared(options, { feeds: [watched], source }, async ({ facts, guard, start }) => {
    const run = await begin(options, facts);
    const reads = { feeds: [], source, lookUpFirst: () => guard.looksUpFirst, live: readingOf(watched, options) };
    return new SyncRun(options, { facts, run, guard, start }).complete(reads);
  });
}

function readingOf(watched: WatchedFeeds, options: WatchingOptions): LiveReading {
  const { flushAfter = watchingDefaults.flushAfter, onNote } = options;
  return { open: (flow) => new WatchFlow(watched, { ...flow, flushAfter, onNote }), unread: restUnread };
}

const defaultPreview = 5;

/**
 * Reads feeds into an outbox, asks the org for members and keys, and has the route draft what it would send, but sends
 * nothing. Returns what would be sent, refused, rejected and in conflict, and what would be sent first. Give it a copy of the outbox ({@link
 * SqliteOutbox.copyOf}), so that nothing is stored in the real one.
 * @throws {Error} as {@link startSync}
 */
export async function planSync(options: StartOptions & { readonly preview?: number | undefined }): Promise<SyncPlan> {
  checkOptions(options);
  const { outbox, source, feeds, limit, preview = defaultPreview } = options;
  using lock = await outbox.lock();
  return await prepared({ ...options, plans: true }, { feeds, source }, async ({ facts, guard, start: found }) => {
    // What is absent counts at once: even if another process still has it in progress, this run does not send it.
    const start = { ...found, absentCountsFrom: 0 };
    const run = await begin(options, facts);
    const syncRun = new SyncRun({ ...options, memberProgress: undefined }, { facts, run, guard, start });
    return syncRun.plan({ feeds, source, lookUpFirst: () => guard.looksUpFirst, limit }, preview);
  });
}

interface Sent {
  readonly feeds: readonly Pick<Feed, 'check'>[];
  readonly source: string | undefined;
  /** Feeds of which nothing was read before. */
  readonly first?: readonly Feed[] | undefined;
}

/** What must be known before the first row is read. */
interface Prepared {
  readonly facts: OrgFacts;
  readonly guard: SourceGuard;
  readonly start: GuardStart;
  readonly first: FirstMembers | undefined;
}

/** Work between the start of a guard and its end, which it also meets when the work fails. The outbox is locked. */
async function prepared<T>(
  options: SyncOptions & { readonly plans?: boolean },
  sends: Sent,
  work: (prepared: Prepared) => Promise<T>,
): Promise<T> {
  const { facts, guard } = await prepare(options, sends);
  try {
    const isNew = sends.source !== undefined && !(await options.outbox.sources.find(sends.source));
    // Never fails, and does not use the outbox, which may be closed before it ends.
    const asked = isNew ? firstMembers(options, sends, facts) : undefined;
    const start = await patiently(patienceOf(options), () => guard.begin());
    return await work({ facts, guard, start, first: await asked });
  } catch (error) {
    // Another process may have the outbox by now, and what it says of it.
    if (!isOutboxError(error)) await guard.leave();
    throw error;
  }
}

/** Reads everything that must be known before the first row. The outbox is locked from here on. */
async function prepare(
  options: SyncOptions & { readonly plans?: boolean },
  { feeds, source }: Sent,
): Promise<Pick<Prepared, 'facts' | 'guard'>> {
  const { client, outbox, clock = systemClock, settle = defaults.settle, emptyOutbox = 'auto', signal } = options;
  // Counted from the lock on: whatever an earlier process had in progress is in the org one window later, or never. A
  // dry run looks it up at once, because it sends nothing.
  const settledAt = clock.monotonic() + (options.plans ? 0 : settle);
  const patience = patienceOf(options);
  let { asked } = options;
  const inspected = await patiently(patience, () => {
    const early = asked;
    asked = undefined;
    return inspectOrg(client, options, early);
  });
  const org = await mustBelongTo(outbox, inspected);
  const enrolls = options.unknownMembers === 'enroll';
  const facts = enrolls ? { ...org, members: await patiently(patience, () => readMemberFields(client)) } : org;
  checkFeeds(feeds, source, facts, targetOf(facts, options));
  await patiently(patience, () => checkRouteSetup(options, facts));
  await outbox.delivery.recover(settledAt);
  const context = { client, facts, outbox, source, clock, settleWindow: settle, emptyOutbox, signal };
  const choose = options.plans ? choosePlanGuard : chooseGuard;
  const guard = choose(context, options);
  return { facts, guard };
}

/**
 * Looks for the first members of a source that the outbox does not know. What an outbox knows of a source may be all that
 * a feed has, so that no member of it has to be looked for.
 */
function firstMembers(options: SyncOptions, { first = [] }: Sent, facts: OrgFacts): Promise<FirstMembers | undefined> {
  const { client, batchSize: most = defaults.batchSize, signal } = options;
  return askFirstMembers(first, { client, program: facts.program, target: targetOf(facts, options), most, signal });
}

function patienceOf(options: SyncOptions): Patience {
  const { client, clock = systemClock, random, settle = defaults.settle, wait, signal } = options;
  return { client, clock, random: random ?? seededRandom(clock.now()), wait: wait ?? defaultWait(settle), signal };
}

/** Finds issues that every row would meet before the first row is read. */
function checkFeeds(feeds: Sent['feeds'], source: string | undefined, facts: OrgFacts, target: JournalTarget): void {
  if (source !== undefined) mustFit(source, facts);
  for (const feed of feeds) feed.check?.(target);
}

function targetOf(
  { describe, members }: OrgFacts,
  { route = defaults.route }: Pick<SyncOptions, 'route'>,
): JournalTarget {
  return targetOfRoute(describe, route, members);
}

/** @throws {TooManyRejectsError} */
async function mustHaveFewRejects(options: StartOptions, facts: OrgFacts): Promise<void> {
  const { outbox, feeds, limit, maxRejects, signal } = options;
  if (maxRejects === undefined) return;
  await checkRejectLimit(feeds, {
    outbox,
    limit: maxRejects,
    target: targetOf(facts, options),
    mostRows: limit,
    signal,
  });
}

async function existing(outbox: Outbox, id: string): Promise<Run> {
  const run = await outbox.runs.find(id);
  if (!run) throw new Error(`The outbox ${outbox.name} has no run ${id}.`);
  return run;
}

function begin({ outbox, settings, source }: LiveOptions, { program, programId }: OrgFacts): Promise<Run> {
  return outbox.runs.begin({ ...settings, program, programId, source });
}
