import { expect } from 'chai';
import { seededRandom, type Random } from '../../../src/base/random.js';
import { LoyaltyApiError, LostAnswerError } from '../../../src/client/index.js';
import { itemStates, type ItemReport, type SyncReport } from '../../../src/sync/index.js';
import type { Transaction } from '../../../src/transaction.js';
import { arrayFeed, purchase, type TestRow } from './arrayFeed.js';
import { expectToAddUp } from './counts.js';
import { Life } from './life.js';
import { trouble } from './trouble.js';
import { World } from './world.js';

const window = 600_000;
/** Runs that may go wrong before the org calms down, so that every history ends. */
const troubledRuns = 12;

interface Story {
  readonly rows: readonly TestRow[];
  readonly strangers: readonly string[];
  /** Keys that the org refuses, and that it stores with an error. */
  readonly refused: readonly string[];
  readonly faulty: readonly string[];
  /** What the org has from another machine: of each member the first few, the last of them perhaps not run. */
  readonly held: readonly { readonly key: string; readonly member: string; readonly status: 'Processed' | 'Pending' }[];
}

/**
 * One history, made from a seed: a feed, an org in which things go wrong, and processes that die or are interrupted
 * and are started again. At its end every transaction must have had its effect once, in order.
 */
export async function simulate(seed: number): Promise<void> {
  const random = seededRandom(seed * 7919 + 13);
  const story = tell(random);
  await using world = new World(story.rows, { strangers: story.strangers, numberLength: oneOf(random, [40, 255]) });
  for (const key of story.refused) world.org.refused.add(key);
  for (const key of story.faulty) world.org.faulty.add(key);
  for (const { key, member, status } of story.held) {
    world.org.hold({ number: world.numberOf(key), member, status });
  }
  trouble(world.org, random, { often: oneOf(random, [0, 0.05, 0.2, 0.5]), window });
  const settings = {
    batchSize: random.integer(1, 12),
    concurrency: random.integer(1, 6),
    stretch: random.integer(3, 50),
    settle: window,
  };
  const dies = oneOf(random, [0, 1 / 400, 1 / 60]);

  for (let runs = 1; ; runs++) {
    if (runs === troubledRuns) calm(world);
    const report = await liveOnce(world, { random, settings, dies: runs < troubledRuns ? dies : 0 });
    if (report?.ending === 'complete') break;
    expect(runs, `runs; the last ended ${report?.ending ?? 'dead'}`).to.be.lessThan(troubledRuns + 3);
    if (!report) await world.clock.sleep(random.integer(0, window));
  }
  await expectTheEnd(world, story);
  expectStates(world, story);
  calm(world);
  await expectAllAfterRetry(world, { random, settings, dies });
  await expectNothingNew(world, settings);
}

/** A process from its start to its end or death; undefined when there is no report. */
async function liveOnce(
  world: World,
  { random, settings, dies }: { random: Random; settings: { stretch: number }; dies: number },
): Promise<SyncReport | undefined> {
  const life = new Life(() => random.next() < dies);
  const abort = new AbortController();
  if (dies > 0 && random.next() < 0.2) world.clock.after(random.integer(0, 60_000), () => abort.abort());
  const isNew = !(await world.outbox.runs.find()) || random.next() < 0.1;
  const onProgress = ({ run }: { run: string }): void => {
    void world.outbox.runs.counts(run).then(expectToAddUp);
  };
  const feeds = [arrayFeed(world.rows, { stretch: settings.stretch })];
  const options = { ...settings, runPending: true, feeds, signal: abort.signal, onProgress };
  const running = isNew ? world.start(options, life) : world.resume(options, life);
  const report = await Promise.race([running.catch(failedBefore), life.death.then(() => undefined)]);
  if (report) expectToAddUp(report.counts);
  return report;
}

/** An org that cannot be asked when a run begins fails the run, with nothing lost. */
function failedBefore(error: unknown): undefined {
  if (error instanceof LoyaltyApiError || error instanceof LostAnswerError) return;
  throw error;
}

function calm({ org }: World): void {
  org.fate = (execution) => org.honest(execution);
  org.queryFate = () => undefined;
}

async function expectTheEnd(world: World, { rows, strangers, refused, faulty, held }: Story): Promise<void> {
  const run = await world.outbox.runs.find();
  expectToAddUp(await world.outbox.runs.counts(run!.id));
  const had = held.flatMap(({ key, status }) => (status === 'Processed' ? key : []));
  const bad = new Set([...refused, ...faulty, ...had]);
  const good = firsts(rows).filter(({ key, member }) => !bad.has(key) && !strangers.includes(member));
  const once = Object.fromEntries(good.map(({ key }) => [world.numberOf(key), 1]));
  expect(world.effects(), 'effects').to.deep.equal(once);
  for (const member of new Set(good.map((each) => each.member.toLowerCase()))) {
    const numbers = good.filter((each) => each.member.toLowerCase() === member).map(({ key }) => world.numberOf(key));
    expect(world.order(member), `order of ${member}`).to.deep.equal(numbers);
  }
}

/** What the outbox says became of every transaction is what became of it. */
function expectStates({ outbox, runs }: World, { rows, strangers, refused, faulty }: Story): void {
  const items = [...runs].flatMap((run) => [...outbox.runs.items(run, ['done', 'refused'])]);
  const states = new Map(items.map(({ key, state }) => [key, state]));
  for (const { key, member } of firsts(rows)) {
    const state = refused.includes(key) || strangers.includes(member) ? 'refused' : 'done';
    // An answer that settles all settles a journal with an error as well: only a look-up sees the error.
    expect(states.get(key), key).to.be.oneOf(faulty.includes(key) ? ['done', 'refused'] : [state]);
  }
}

/**
 * Every reason for a refusal goes away, and whatever was refused is taken up again by processes that may die: it has its
 * effect once, and nothing else has one twice.
 */
async function expectAllAfterRetry(
  world: World,
  { random, settings, dies }: { random: Random; settings: object; dies: number },
): Promise<void> {
  const { org, outbox } = world;
  const refused = refusedOf(world);
  const before = world.effects();
  org.refused.clear();
  org.faulty.clear();
  for (const { member } of refused) if (org.tables.memberId(member) === undefined) org.tables.enrol(member);
  const numbers = new Set(refused.map(({ key }) => world.numberOf(key)));
  for (const journal of org.tables.journals) {
    if (journal.status === 'Error' && numbers.has(journal.number)) journal.status = 'Pending';
  }
  for (let tries = 1, ended = ''; ended !== 'complete'; tries++) {
    const life = new Life(() => tries < 4 && random.next() < dies);
    // A run that was cut off while it read has to come to its end first.
    const latest = await outbox.runs.find();
    const isRead = latest?.settings['retry'] === true || readToTheEnd.has(latest?.ending ?? '');
    const running = isRead ? world.retry(settings, life) : world.resume({ ...settings, runPending: true }, life);
    const report = await Promise.race([running, life.death.then(() => undefined)]);
    if (report) expectToAddUp(report.counts);
    ended = isRead && report ? report.ending : '';
    if (!report) await world.clock.sleep(window);
    expect(tries).to.be.lessThan(10);
  }
  const expected = { ...before, ...Object.fromEntries(refused.map(({ key }) => [world.numberOf(key), 1])) };
  expect(world.effects(), 'effects after a retry').to.deep.equal(expected);
  const last = await outbox.runs.find();
  expect([...outbox.runs.items(last!.id, ['refused'])], 'refused after a retry').to.deep.equal([]);
}

const readToTheEnd: ReadonlySet<string> = new Set(['complete', 'unfinished', 'stopped']);

/** What is refused at this moment, whatever run it comes from: an item belongs to the latest run that touched it. */
function refusedOf({ outbox, runs }: World): ItemReport[] {
  const states = new Map<string, ItemReport>();
  for (const run of [...runs].sort()) for (const item of outbox.runs.items(run, itemStates)) states.set(item.key, item);
  return [...states.values()].filter(({ state }) => state === 'refused');
}

/** Of each key the first transaction, in the order of the feed. */
function firsts(rows: readonly TestRow[]): Transaction[] {
  const seen = new Set<string>();
  return rows.filter((row) => typeof row === 'object').filter(({ key }) => !seen.has(key) && seen.add(key));
}

/** Law 3: the same feed again, with what this machine knows and then with nothing but what the org knows. */
async function expectNothingNew(world: World, settings: object): Promise<void> {
  const sent = world.org.executions.length;
  const { counts } = await world.start(settings);
  expect(counts.transactions.new + counts.transactions.corrected, 'taken in again').to.equal(0);
  expect(world.org.executions.length, 'requests for the same feed').to.equal(sent);
  const effects = world.org.effects.length;
  await world.freshOutbox();
  await world.start(settings);
  expect(world.org.effects.length, 'effects with a fresh outbox').to.equal(effects);
}

function tell(random: Random): Story {
  const members = Array.from({ length: random.integer(1, 10) }, (_, index) => `M${index}`);
  const strangers = random.next() < 0.5 ? ['nobody', 'noone'] : [];
  const rows: TestRow[] = [];
  const keys: string[] = [];
  for (let left = random.integer(5, 80); left > 0; left--) {
    const dice = random.next();
    const key = String(rows.length + 1);
    const before = rows[random.integer(0, Math.max(0, rows.length - 1))];
    if (dice < 0.03) rows.push('rejected');
    else if (dice < 0.06) rows.push('skipped');
    else if (dice < 0.1 && typeof before === 'object') rows.push(before);
    else if (dice < 0.13 && typeof before === 'object') {
      rows.push({ ...before, journal: { ...before.journal, Item__c: 'tea' } });
    } else {
      const member = oneOf(random, [...members, ...strangers, members[0]!]);
      // Too long for the field now and then, and not always spelled as the org has it.
      const long = random.next() < 0.1 ? `${key}-${'long'.repeat(8)}` : key;
      rows.push(purchase(long, strangers.includes(member) || random.next() < 0.9 ? member : member.toLowerCase()));
      if (long === key) keys.push(`till:${key}`);
    }
  }
  const some = (share: number): string[] => keys.filter(() => random.next() < share);
  const refused = some(oneOf(random, [0, 0.05]));
  const faulty = some(oneOf(random, [0, 0.05])).filter((key) => !refused.includes(key));
  const held = random.next() < 0.3 ? holdSome(rows, random, new Set([...strangers, ...refused, ...faulty])) : [];
  return { rows, strangers, refused, faulty, held };
}

function holdSome(rows: readonly TestRow[], random: Random, not: ReadonlySet<string>): Story['held'] {
  const byMember = Map.groupBy(firsts(rows), ({ member }) => member.toLowerCase());
  return [...byMember.values()].flatMap((transactions) => {
    const prefix = transactions.slice(0, random.integer(0, transactions.length));
    const pending = random.integer(0, 3);
    const held = prefix.filter(({ key, member }) => !not.has(key) && !not.has(member));
    return held.map(({ key, member }, index) => ({
      key,
      member,
      status: index >= held.length - pending ? ('Pending' as const) : ('Processed' as const),
    }));
  });
}

function oneOf<T>(random: Random, choices: readonly T[]): T {
  return choices[random.integer(0, choices.length - 1)]!;
}
