import { expect } from 'chai';
import { seededRandom } from '../../../src/base/random.js';
import type { Random } from '../../../src/base/random.js';
import { LoyaltyApiError, LostAnswerError } from '../../../src/client/index.js';
import { SharedOutbox } from '../../../src/outbox/postgres/index.js';
import type { OutboxLog } from '../../../src/outbox/postgres/outboxLog.js';
import { isOutboxError, resumeSync, startSync, StoppedError } from '../../../src/sync/index.js';
import type { StartOptions, SyncReport } from '../../../src/sync/index.js';
import { externalTransactionNumber } from '../../../src/transaction.js';
import type { Transaction } from '../../../src/transaction.js';
import { MemoryLog } from '../../outbox/memoryLog.js';
import { VirtualClock } from '../../support/virtualClock.js';
import { arrayFeed, purchase, source } from './arrayFeed.js';
import { expectToAddUp } from './counts.js';
import { clientOf } from './fakeClient.js';
import { FakeOrg } from './fakeOrg.js';
import type { Life } from './life.js';
import type { Marks } from './marks.js';
import { StoppableLife } from './stoppableLife.js';
import { programName } from './tables.js';
import { trouble } from './trouble.js';

const lease = 10_000;
const window = 600_000;
/**
 * Whatever a request does, and however long its process was stopped between its last look at the lease and the first
 * byte, it is over after one window. At any other moment, a process may be stopped for longer.
 */
const half = window / 2;
/** Processes of one machine that deliver and can meet faults. */
const troubled = 6;
/** Of a machine that waits until the outbox is free. */
const longestPause = 300_000;

export const sharedMarks = [
  'ends: killed',
  'ends: stopped, and another one had taken over',
  'ends: refused, because another one delivers',
  'ends: complete',
  'the log is away',
  'stopped for longer than the settle window',
  'the log is restored',
] as const;

/**
 * Three machines that share an outbox, from a seed. Each starts a process again and again until everything is
 * delivered. Processes are killed, and stopped for longer than their leases; the log is away for a while; the org has
 * faults. At the end every transaction has had its effect once, in the order of its member.
 */
export async function tellSharedHistory(seed: number, marks: Marks): Promise<void> {
  const random = seededRandom(seed * 6007 + 5);
  const clock = new VirtualClock();
  const members = Array.from({ length: random.integer(2, 12) }, (_, index) => `M${index}`);
  const rows = Array.from({ length: random.integer(20, 90) }, (_, index) =>
    purchase(String(index), members[random.integer(0, members.length - 1)] ?? ''),
  );
  const hasMarkers = random.next() < 1 / 2;
  const org = new FakeOrg({ members, clock, hasMarkers });
  trouble(org, random, { often: 0.15, window: half, faults: ['slow', 'door', 'loss', 'timeout', 'late', 'read'] });
  const log = new MemoryLog(clock, lease);
  const history: SharedHistory = { random, clock, org, rows, log, marks, isDone: false, isRestored: false };
  if (hasMarkers && random.next() < 1 / 2) void restoreOnce(history);
  await Promise.all([0, 1, 2].map((machine) => work(history, machine)));
  await expectAllOnce(history);
}

interface SharedHistory {
  readonly random: Random;
  readonly clock: VirtualClock;
  readonly org: FakeOrg;
  readonly rows: readonly Transaction[];
  readonly log: MemoryLog;
  readonly marks: Marks;
  isDone: boolean;
  /** An older outbox may find a transaction in the org before it sends an earlier one of the same member. */
  isRestored: boolean;
}

/** Some time, the database becomes what it was a while ago. */
async function restoreOnce(history: SharedHistory): Promise<void> {
  const { clock, random, log, marks } = history;
  await clock.sleep(random.integer(0, window));
  const restore = log.backUp();
  await clock.sleep(random.integer(0, window));
  if (history.isDone) return;
  restore();
  history.isRestored = true;
  marks.met('the log is restored');
}

async function work(history: SharedHistory, machine: number): Promise<void> {
  const { clock, random } = history;
  await clock.sleep(machine * random.integer(0, 30_000));
  let delivering = 0;
  for (let process = 1; !history.isDone; process++) {
    expect(process, 'processes of a machine').to.be.below(1000);
    const end = await oneProcess(history, delivering < troubled);
    if (end !== 'OutboxBusyError') delivering += 1;
    await clock.sleep(random.integer(1000, longestPause));
  }
}

/** Runs a process to its end. Returns how it ended. */
async function oneProcess(history: SharedHistory, isTroubled: boolean): Promise<string> {
  const { random, clock, log, marks } = history;
  const life = new StoppableLife(clock, {
    dies: () => isTroubled && random.next() < 1 / 150,
    stops: (isCall) => {
      if (!isTroubled || random.next() >= 1 / 150) return undefined;
      if (isCall || random.next() < 1 / 2) return random.integer(0, half);
      marks.met('stopped for longer than the settle window');
      return random.integer(window, 3 * window);
    },
    brief: half,
  });
  const delay = (): number => {
    if (!isTroubled || random.next() >= 1 / 100) return random.integer(1, 60);
    marks.met('the log is away');
    return random.integer(60, 30_000);
  };
  const seen = seenBy(life, log, { clock, delay });
  const opened: SharedOutbox[] = [];
  const end = await Promise.race([deliver(history, life, { log: seen, opened }).catch(namedEnd), life.death]);
  // It may die while it gives its lease back.
  for (const outbox of opened) await Promise.race([outbox.close(), life.death]);
  if (end === 'died') marks.met('ends: killed');
  else if (end === 'OutboxTakenError') marks.met('ends: stopped, and another one had taken over');
  else if (end === 'OutboxBusyError') marks.met('ends: refused, because another one delivers');
  if (typeof end === 'string') return end;
  expectToAddUp(end.counts);
  if (end.ending !== 'complete') return end.ending;
  marks.met('ends: complete');
  history.isDone = true;
  return end.ending;
}

/** Errors with which a process may end without losing anything. */
function namedEnd(error: unknown): string {
  const named = [LoyaltyApiError, LostAnswerError, StoppedError];
  if (isOutboxError(error) || named.some((each) => error instanceof each)) return (error as Error).name;
  throw error;
}

async function deliver(
  history: SharedHistory,
  life: Life,
  { log, opened }: { log: OutboxLog; opened: SharedOutbox[] },
): Promise<SyncReport> {
  const { org, rows, random } = history;
  const clock = life.clock(history.clock);
  const outbox = await SharedOutbox.open(log, { clock });
  opened.push(outbox);
  const options: StartOptions = {
    ...{ client: clientOf(org, life), program: programName, source, clock, outbox: life.outbox(outbox) },
    feeds: [arrayFeed(rows, { stretch: random.integer(3, 30) })],
    random: seededRandom(random.integer(0, 1_000_000)),
    ...{ batchSize: random.integer(1, 8), concurrency: random.integer(1, 4), settle: window, wait: 3 * window },
  };
  const latest = await outbox.runs.find();
  return latest ? resumeSync({ ...options, run: latest.id }) : startSync(options);
}

/** The log as a process reaches it. */
function seenBy(life: Life, log: OutboxLog, { clock, delay }: { clock: VirtualClock; delay: () => number }): OutboxLog {
  const reach = async <T>(name: string, call: () => Promise<T>): Promise<T> => {
    await life.moment(`before ${name}`);
    await life.receive(clock.sleep(delay()));
    const answer = await life.receive(call());
    // What was stored may be learnt of much later.
    await life.moment(`after ${name}`);
    return answer;
  };
  return {
    name: log.name,
    read: (after, reader) => reach('read', () => log.read(after, reader)),
    look: () => reach('look', () => log.look()),
    acquire: () => reach('acquire', () => log.acquire()),
    renew: (epoch) => reach('renew', () => log.renew(epoch)),
    // The lease of a process that was killed ends by itself.
    release: (epoch) => (life.isDead ? Promise.resolve() : reach('release', () => log.release(epoch))),
    append: (epoch, change) => reach('append', () => log.append(epoch, change)),
    owner: () => reach('owner', () => log.owner()),
    claim: (owner) => reach('claim', () => log.claim(owner)),
    sizes: () => reach('sizes', () => log.sizes()),
    storeSnapshot: (epoch, snapshot) => reach('snapshot', () => log.storeSnapshot(epoch, snapshot)),
    confirm: (epoch, change) => reach('confirm', () => log.confirm(epoch, change)),
    handedIn: (member) => reach('handedIn', () => log.handedIn(member)),
    unreadFeeds: () => reach('unreadFeeds', () => log.unreadFeeds()),
    close: () => Promise.resolve(),
  };
}

async function expectAllOnce({ org, rows, log, isRestored }: SharedHistory): Promise<void> {
  expect(org.violations).to.deep.equal([]);
  const numbers = org.effects.map(({ number }) => number);
  const wanted = rows.map(({ key }) => externalTransactionNumber(key, org.tables.numberLength ?? 40));
  expect([...numbers].sort(), 'effects').to.deep.equal([...wanted].sort());
  for (const member of isRestored ? [] : new Set(rows.map((row) => row.member))) {
    const inOrg = org.effects.filter((effect) => effect.member === member.toLowerCase()).map(({ number }) => number);
    const inFeed = wanted.filter((_number, index) => rows[index]?.member === member);
    expect(inOrg, `order of ${member}`).to.deep.equal(inFeed);
  }
  await using outbox = await SharedOutbox.open(log, { isPrivate: true });
  expect(await outbox.delivery.open()).to.equal(0);
}
