import type { RunNote, SourceRecord } from '../../outbox/index.js';
import { attempt } from '../attempt.js';
import { levels } from './guardLevels.js';
import { JournalCount } from './journalCount.js';
import { olderOutbox } from './rivalTexts.js';
import { QuietMoments } from './quietMoments.js';
import { sourcesOf } from './sourceGuard.js';
import type {
  Departure,
  GuardContext,
  GuardFinding,
  GuardStart,
  LeavingRequest,
  SourceGuard,
  SourceStart,
} from './sourceGuard.js';

/**
 * The org is asked for rivals once per this many full requests, and once per this many milliseconds. A request that is
 * not full counts less, because a question costs the org more than a small request.
 */
const requestsBetween = 20;
const millisecondsBetween = 60_000;
/** What a request counts at least, as a share of a full one. */
const leastShare = 0.1;
/** Full requests and milliseconds since the latest answered question was asked, after which nothing leaves without an answer. */
const mostRequests = 2 * requestsBetween;
const mostMilliseconds = 2 * millisecondsBetween;

/**
 * Level 0. Counts the journals of a source since a time of the org, and compares the count with what the outbox
 * accounts for. It does so before anything is sent, to see whether the outbox is up to date, and now and then while it
 * sends, to see whether another process is sending too.
 */
export class QueryGuard implements SourceGuard {
  readonly level: RunNote;
  readonly #context: GuardContext;
  /** Shares of full requests so far, added up. */
  #requests = 0;
  /** Those that had left when the latest answered question was asked. */
  #askedAfter = 0;
  /** What a first look found. It is kept in case the org must be asked once more. */
  readonly #caughtUp = new Map<string, Pick<GuardStart, 'notes' | 'doubled'>>();
  readonly #begunAt: number;
  /** When the latest answered question was asked. */
  #askedAt: number;
  #asking: Promise<void> | undefined;
  #found: GuardFinding | undefined;
  #looksUpFirst = true;
  readonly #quiet: QuietMoments;
  /** Sources of which the outbox may lack journals that its doubt hides. */
  readonly #unsure = new Set<string>();

  /** @param level what the report names, where it is not that of the queries */
  constructor(context: GuardContext, level: RunNote = levels.queries) {
    this.level = level;
    this.#context = context;
    this.#begunAt = context.clock.monotonic();
    this.#quiet = new QuietMoments(context.clock, context.signal);
    this.#askedAt = this.#begunAt;
  }

  get looksUpFirst(): boolean {
    return this.#looksUpFirst;
  }

  async begin(): Promise<GuardStart> {
    const starts: SourceStart[] = [];
    for (const source of await sourcesOf(this.#context)) starts.push(await this.#beginSource(source));
    this.#askedAt = this.#context.clock.monotonic();
    this.#looksUpFirst = this.#context.source === undefined || starts[0]?.lookUpFirst === true;
    return {
      absentCountsFrom: Math.max(0, ...starts.map(({ absentCountsFrom }) => absentCountsFrom)),
      notes: [this.level, ...starts.flatMap(({ notes }) => notes)],
      doubled: starts.flatMap(({ doubled }) => doubled),
    };
  }

  /** Asks while requests go on, because they would all have to wait for the answer. */
  async mayLeave({ share, inFlight, isNew }: LeavingRequest): Promise<Departure> {
    const before = this.#requests;
    this.#requests += Math.max(leastShare, share);
    if (this.#unasked > requestsBetween || this.#age >= millisecondsBetween) this.#askAgain(before, inFlight);
    if (this.#unasked > mostRequests || this.#age >= mostMilliseconds) await this.#asking;
    if (isNew) await this.#quiet.pass(inFlight, () => this.#askQuietly(before, inFlight));
    return this.#found ?? 'go';
  }

  /** This process leaves no record in the org. */
  async leave(): Promise<void> {}

  /** Looks for rivals. The next process starts a new count, because it has to ask anyway. */
  async end(): Promise<GuardFinding | undefined> {
    const sources = await sourcesOf(this.#context);
    const found = await Promise.all(sources.map((source) => this.#endSource(source)));
    return found.find((each) => each !== undefined);
  }

  /** Shares of full requests since the latest answered question was asked. */
  get #unasked(): number {
    return this.#requests - this.#askedAfter;
  }

  /** Milliseconds since the latest answered question was asked. */
  get #age(): number {
    return this.#context.clock.monotonic() - this.#askedAt;
  }

  /**
   * Starts a question unless one is in progress. Whoever waits for it gets its failure; others ask again.
   * @param before shares of full requests that have left before it
   */
  #askAgain(before: number, inFlight: LeavingRequest['inFlight']): void {
    if (this.#asking) return;
    this.#asking = this.#ask(before, inFlight).finally(() => {
      this.#asking = undefined;
    });
    this.#asking.catch(() => undefined);
  }

  /** As above, and waits for the answer. A question that is in progress was asked too early. */
  async #askQuietly(before: number, inFlight: LeavingRequest['inFlight']): Promise<void> {
    await this.#asking?.catch(() => undefined);
    this.#askAgain(before, inFlight);
    await this.#asking;
  }

  async #ask(before: number, inFlight: LeavingRequest['inFlight']): Promise<void> {
    const askedAt = this.#context.clock.monotonic();
    this.#found ??= await this.#findRival(inFlight);
    // That question only saves look-ups. Without an answer, it is asked again with the next one.
    if (!this.#found) await attempt(1, () => this.#becomesSure());
    this.#askedAfter = Math.max(this.#askedAfter, before);
    this.#askedAt = askedAt;
  }

  async #beginSource(source: string): Promise<SourceStart> {
    const { outbox, clock, settleWindow } = this.#context;
    const count = new JournalCount(this.#context, source);
    const record = await outbox.sources.find(source);
    // A process that died while it met the source has counted nothing.
    if (record?.countedSince === undefined) return this.#meet(source, count);
    if ((await this.#settleCount(source)) > 0) {
      this.#caughtUp.set(source, await this.#catchUp(source, count, record));
      await this.#settleCount(source);
    }
    const caughtUp = this.#caughtUp.get(source) ?? { notes: [], doubled: [] };
    const known = (await outbox.sources.find(source)) ?? record;
    const lookUpFirst = (await this.#mayLack(source, count, known)) || known.lookUpFirst;
    return { lookUpFirst, absentCountsFrom: known.windowPassed ? 0 : clock.monotonic() + settleWindow, ...caughtUp };
  }

  /**
   * What is in doubt may hide as many journals that the outbox does not know. If the org has more journals than were
   * settled, everything is looked up first, until nothing is in doubt and the org has just those that were settled.
   */
  async #mayLack(source: string, count: JournalCount, record: SourceRecord): Promise<boolean> {
    const { sources } = this.#context.outbox;
    const inDoubt = await sources.inDoubt(source);
    if (inDoubt === 0 || (await count.excess(record, () => -inDoubt)) === 0) return false;
    await sources.doubtReady();
    this.#unsure.add(source);
    return true;
  }

  /** Ends the look-ups of new transactions if only doubt was their reason, and there is none any more. */
  async #becomesSure(): Promise<void> {
    const { source, outbox } = this.#context;
    if (source === undefined || !this.#unsure.has(source) || (await outbox.sources.inDoubt(source)) > 0) return;
    const record = await outbox.sources.find(source);
    if (!record || !(await new JournalCount(this.#context, source).isExact(record))) return;
    this.#unsure.delete(source);
    this.#looksUpFirst = record.lookUpFirst;
  }

  /** Meets a source that the outbox has never seen. */
  async #meet(source: string, count: JournalCount): Promise<SourceStart> {
    const { outbox, clock, settleWindow, emptyOutbox } = this.#context;
    const [baseline, isOld] = await Promise.all([count.baseline(), emptyOutbox !== 'trust' && count.isKnownToOrg()]);
    // Both are asked at the same time. A journal that the first question has counted may be younger than the other.
    const isKnown = isOld || (emptyOutbox !== 'trust' && baseline.counted > 0);
    const lookUpFirst = emptyOutbox === 'wait' || isKnown;
    const waits = emptyOutbox === 'wait' || (emptyOutbox === 'auto' && isKnown);
    await outbox.sources.remember(source, { ...baseline, lookUpFirst, windowPassed: !waits });
    return { lookUpFirst, absentCountsFrom: waits ? clock.monotonic() + settleWindow : 0, notes: [], doubled: [] };
  }

  /** Handles journals in the org that this outbox does not know. No open item may be sent without a look-up. */
  async #catchUp(
    source: string,
    count: JournalCount,
    record: SourceRecord,
  ): Promise<Pick<GuardStart, 'notes' | 'doubled'>> {
    const { sources, delivery } = this.#context.outbox;
    const baseline = await count.baseline();
    const doubted = await sources.doubtReady();
    const doubled = await count.doubled(record);
    await count.importKeys(record);
    // Stored before the new count: if the process dies here, they must not be lost.
    await delivery.markDoubled(doubled);
    await sources.remember(source, baseline);
    return { notes: [olderOutbox(source, doubted)], doubled };
  }

  /**
   * Starts a new count once nothing is in doubt, so that the count stays short and exact. Journals that another process
   * has written by then must not be lost in it: they are looked for after the new count has begun. Returns how many of
   * them this outbox cannot account for.
   */
  async #settleCount(source: string): Promise<number> {
    const { outbox } = this.#context;
    const record = await outbox.sources.find(source);
    if (!record) return 0;
    const count = new JournalCount(this.#context, source);
    const isInDoubt = (await outbox.sources.inDoubt(source)) > 0;
    const quick = isInDoubt ? undefined : await count.quickBaseline(record);
    const baseline = isInDoubt ? {} : (quick ?? (await count.baseline()));
    const { excess, isExact } = await count.compare(record);
    if (excess > 0 || isInDoubt) return excess;
    if (quick && !isExact) return this.#countAnew(source, record);
    await outbox.sources.remember(source, baseline);
    return this.#windowPasses(source);
  }

  async #endSource(source: string): Promise<GuardFinding | undefined> {
    const { outbox } = this.#context;
    const record = await outbox.sources.find(source);
    if (!record) return undefined;
    const count = new JournalCount(this.#context, source);
    const excess = await count.excess(record);
    if (excess > 0) return count.rivals(record, excess);
    if ((await outbox.sources.inDoubt(source)) === 0) await this.#windowPasses(source);
    return undefined;
  }

  /** As above, by reading every journal. */
  async #countAnew(source: string, record: SourceRecord): Promise<number> {
    const { outbox } = this.#context;
    const count = new JournalCount(this.#context, source);
    const baseline = await count.baseline();
    const excess = await count.excess(record);
    if (excess > 0) return excess;
    await outbox.sources.remember(source, baseline);
    return this.#windowPasses(source);
  }

  async #windowPasses(source: string): Promise<0> {
    const { outbox, clock, settleWindow } = this.#context;
    const isOver = clock.monotonic() - this.#begunAt >= settleWindow;
    if (isOver) await outbox.sources.remember(source, { windowPassed: true });
    return 0;
  }

  async #findRival(inFlight: LeavingRequest['inFlight']): Promise<GuardFinding | undefined> {
    const { outbox } = this.#context;
    for (const source of await sourcesOf(this.#context)) {
      const record = await outbox.sources.find(source);
      if (!record) continue;
      const count = new JournalCount(this.#context, source);
      const excess = await count.excess(record, () => inFlight(source));
      if (excess === 0) continue;
      return count.rivals(record, excess);
    }
    return undefined;
  }
}
