import { expect } from 'chai';
import { seededRandom } from '../../../src/base/random.js';
import type { Random } from '../../../src/base/random.js';
import { LostAnswerError, LoyaltyApiError } from '../../../src/client/index.js';
import { csvFeed, exitCode, parseMapping } from '../../../src/sync/index.js';
import type { Feed, StartOptions, SyncReport } from '../../../src/sync/index.js';
import { failure } from './answers.js';
import { expectToAddUp } from './counts.js';
import type { EnrollmentFate } from './enrollmentDesk.js';
import { Life } from './life.js';
import { Marks } from './marks.js';
import { receiptMapping } from './receiptMapping.js';
import { drawReceiptFile } from './receiptFile.js';
import type { Receipt, ReceiptFile } from './receiptFile.js';
import { orgFaults, trouble } from './trouble.js';
import { World } from './world.js';

const mapping = parseMapping(`${receiptMapping}enroll: { lastName: Surname }\n`, 'map.yml');
const window = 600_000;
/** Processes that can meet faults, and how many must be enough after them. */
const troubled = 6;
const calm = 4;

/** The cases that must occur among many histories. */
export const enrollingMarks: readonly string[] = [
  ...['enrolled', 'enrolled by later details', 'refused without details', 'receipt of several lines', 'bad receipt'],
  ...['a death', 'a new run', 'exit code: 0', 'exit code: 68'],
  ...['enrollment: lost and stored', 'enrollment: lost and not stored', 'enrollment: later'],
];

/**
 * A history made from a seed: a file of receipts, whose lines are grouped, with members whom the program does not have.
 * Some of them have their details in each line, some only in later ones, some in none. Orgs have faults, and processes
 * die. In the end, each receipt is in the org once with the sum of its lines, in order for each member, and each member
 * with details was enrolled once.
 */
export async function simulateEnrolling(seed: number, marks = new Marks()): Promise<void> {
  const random = seededRandom(seed * 6007 + 5);
  const till = drawReceiptFile(random);
  await using world = new World([], { members: till.members });
  const history = new EnrollingHistory(world, till, { random, marks });
  const report = await history.untilComplete();
  await history.expectTruth(report);
}

class EnrollingHistory {
  readonly #world: World;
  readonly #till: ReceiptFile;
  readonly #random: Random;
  readonly #marks: Marks;
  readonly #pieces: number;
  readonly #settings: Partial<StartOptions>;
  #isCalm = false;

  constructor(world: World, till: ReceiptFile, { random, marks }: { random: Random; marks: Marks }) {
    this.#world = world;
    this.#till = till;
    this.#random = random;
    this.#marks = marks;
    this.#pieces = random.integer(20, 400);
    this.#settings = {
      unknownMembers: 'enroll',
      batchSize: random.integer(1, 12),
      concurrency: random.integer(1, 6),
      settle: window,
      ...(random.next() < 0.3 && { prefer: 'calls' as const }),
    };
    // The number itself keeps nobody from being enrolled twice.
    world.org.enrollments.refusesDoubles = random.next() < 0.3;
    world.org.enrollments.fate = () => this.#fate();
    const faults = orgFaults.filter(() => random.next() < 0.4);
    trouble(world.org, random, { often: random.next() * 0.4, window, faults });
  }

  async untilComplete(): Promise<SyncReport> {
    for (let process = 1; process <= troubled + calm; process++) {
      if (process > troubled) this.#calm();
      const report = await this.#process(process === 1 || this.#random.next() < 0.2);
      if (report?.ending === 'complete') return report;
      await this.#world.clock.sleep(this.#random.integer(0, window));
    }
    throw new Error(`The run is not complete after ${troubled + calm} processes.`);
  }

  async expectTruth(report: SyncReport): Promise<void> {
    const { org, outbox } = this.#world;
    const { receipts, strangers } = this.#till;
    const known = new Set(receipts.flatMap(({ member, hasDetails, isBad }) => (hasDetails && !isBad ? member : [])));
    const isSent = ({ member, isBad }: Receipt): boolean =>
      !isBad && (!strangers.includes(member) || known.has(member));
    const sent = receipts.filter(isSent);
    const inOrg = org.tables.journals.map(({ number, content }) => `${number} ${content.TransactionAmount}`);
    expect(inOrg.sort()).to.deep.equal(sent.map(({ key, sum }) => `${key} ${sum}`).sort());
    for (const member of [...this.#till.members, ...strangers]) {
      const own = sent.filter((receipt) => receipt.member === member).map(({ key }) => key);
      expect(this.#world.order(member), `order of ${member}`).to.deep.equal(own);
    }
    const enrolled = strangers.filter((member) => sent.some((receipt) => receipt.member === member));
    expect(org.enrollments.stored.toSorted()).to.deep.equal(enrolled.toSorted());
    for (const receipt of receipts.filter(({ isBad }) => !isBad)) {
      const item = await outbox.find(receipt.key);
      expect([item?.state, item?.code], receipt.key).to.deep.equal(
        isSent(receipt) ? ['done', item?.code] : ['refused', 'UNKNOWN_MEMBER'],
      );
    }
    this.#expectReport(report, sent);
    this.#mark(sent, enrolled);
  }

  #expectReport(report: SyncReport, sent: readonly Receipt[]): void {
    const { receipts } = this.#till;
    const bad = receipts.filter(({ isBad }) => isBad);
    const lines = (some: readonly Receipt[]): number => some.reduce((sum, { lines: own }) => sum + own, 0);
    expect(report.counts.rows).to.include({ read: lines(receipts), rejected: lines(bad) });
    expect(exitCode(report)).to.equal(sent.length === receipts.length ? 0 : 68);
    this.#marks.met(`exit code: ${exitCode(report)}`);
  }

  #mark(sent: readonly Receipt[], enrolled: readonly string[]): void {
    const { receipts } = this.#till;
    if (enrolled.length > 0) this.#marks.met('enrolled');
    const isLate = enrolled.some((member) => sent.find((receipt) => receipt.member === member)?.hasDetails === false);
    if (isLate) this.#marks.met('enrolled by later details');
    if (receipts.some((receipt) => !receipt.isBad && !sent.includes(receipt)))
      this.#marks.met('refused without details');
    if (sent.some(({ lines }) => lines > 1)) this.#marks.met('receipt of several lines');
    if (receipts.some(({ isBad }) => isBad)) this.#marks.met('bad receipt');
  }

  async #process(isNew: boolean): Promise<SyncReport | undefined> {
    const mortality = this.#isCalm || this.#random.next() < 0.5 ? 0 : 1 / 150;
    const life = new Life(() => this.#random.next() < mortality);
    const options = { ...this.#settings, feeds: [this.#feed()] };
    const isStart = isNew || (await this.#world.outbox.runs.find()) === undefined;
    if (isStart) this.#marks.met('a new run');
    const work = isStart ? this.#world.start(options, life) : this.#world.resume(options, life);
    const ended = await Promise.race([work.catch(ignored), life.death]);
    if (ended === 'died') this.#marks.met('a death');
    if (ended === 'died' || ended === undefined) return undefined;
    expectToAddUp(ended.counts, { several: true });
    return ended;
  }

  #feed(): Feed {
    const { text } = this.#till;
    const pieces = this.#pieces;
    async function* bytes(): AsyncGenerator<Uint8Array> {
      const all = Buffer.from(text);
      for (let at = 0; at < all.length; at += pieces) yield all.subarray(at, at + pieces);
    }
    return { ...csvFeed(bytes(), mapping), name: 'till.csv' };
  }

  #fate(): EnrollmentFate {
    const { enrollments } = this.#world.org;
    const random = this.#random;
    const dice = this.#isCalm ? 1 : random.next();
    if (dice >= 0.3) return enrollments.honest(random.integer(50, 2500));
    if (dice < 0.1) {
      this.#marks.met('enrollment: later');
      return { answersAt: 100, answer: failure(503, 'SERVER_UNAVAILABLE') };
    }
    const isStored = dice < 0.2;
    this.#marks.met(isStored ? 'enrollment: lost and stored' : 'enrollment: lost and not stored');
    const lost = { answersAt: 1000, answer: random.next() < 0.5 ? 'timeout' : 'reset' } as const;
    return isStored ? { ...lost, storesAt: random.integer(100, window - 2000) } : lost;
  }

  #calm(): void {
    const { org } = this.#world;
    org.fate = (execution) => org.honest(execution);
    org.queryFate = () => undefined;
    this.#isCalm = true;
  }
}

/** Failures with which a run may end without losing anything. */
function ignored(error: unknown): undefined {
  if (error instanceof LoyaltyApiError || error instanceof LostAnswerError) return;
  throw error;
}
