import { isSameId } from '../../base/sameId.js';
import type { KnownJournal, SourceRecord } from '../../outbox/index.js';
import type { JournalRow, SourceJournalRow } from '../../client/index.js';
import { sourcePrefix } from '../../transaction.js';
import { attempt } from '../attempt.js';
import { countingJournals, ownJournals } from '../judgeFound.js';
import { rival } from './rivalTexts.js';
import type { GuardFinding, GuardContext } from './sourceGuard.js';

export type Baseline = Pick<SourceRecord, 'countedSince' | 'countedAt' | 'countedThen' | 'counted' | 'brought'>;

/** Journals that a query returns in one call. */
const onePage = 2000;

/** Counts the journals of one source in the org, and how many of them this outbox accounts for. */
export class JournalCount {
  readonly #context: GuardContext;
  readonly #source: string;

  constructor(context: GuardContext, source: string) {
    this.#context = context;
    this.#source = source;
  }

  /**
   * Tells whether the org has ever seen the source. The org compares text without case, so the answer can be yes for a
   * source that differs only in case.
   */
  async isKnownToOrg(): Promise<boolean> {
    return this.#context.client.journals.existsWithPrefix(this.#prefix);
  }

  /**
   * Returns where to count from: the org's time less one window, and the journals that the org has since that time.
   * Must be called before any other question that decides what the journals mean, so that later journals are counted.
   */
  async baseline(): Promise<Baseline> {
    const { client, clock, settleWindow } = this.#context;
    const now = client.orgTime ?? clock.now();
    const since = now - settleWindow;
    const countedThen: string[] = [];
    let counted = 0;
    for await (const { Id, CreatedDate } of this.#journals(since)) {
      counted++;
      if (Date.parse(CreatedDate) >= now) countedThen.push(Id);
    }
    return { countedSince: since, countedAt: now, countedThen, counted, brought: 0 };
  }

  /**
   * Like {@link baseline}, with two calls made together, used where reading the journals would take many. It counts sources that
   * differ only in case, too, so it holds only if the comparison after it is exact. A journal that comes between the two
   * calls makes that comparison find a rival, whose journal it may be.
   */
  async quickBaseline({ countedSince, counted: known, brought }: SourceRecord): Promise<Baseline | undefined> {
    const { client, clock, settleWindow } = this.#context;
    const now = client.orgTime ?? clock.now();
    const since = now - settleWindow;
    if (known + brought <= onePage || countedSince === undefined || since < countedSince) return undefined;
    const [counted, countedThen] = await Promise.all([this.#count(since), Array.fromAsync(this.#journals(now), idOf)]);
    return { countedSince: since, countedAt: now, countedThen, counted, brought: 0 };
  }

  /**
   * Returns how many journals the org has that this outbox cannot account for, as {@link compare} does. If there are
   * any, their keys are read: a count alone does not tell those that somebody has restored, or that were committed long
   * after they were created, from those of another sender. Without an answer to that, nothing is known.
   */
  async excess(record: SourceRecord, inFlight?: () => number): Promise<number> {
    const { excess } = await this.compare(record, inFlight);
    return excess > 0 && (await this.#countKeys(record)) ? 0 : excess;
  }

  /**
   * Returns how many journals the org has that this outbox cannot account for, and whether it has exactly those that the
   * outbox accounts for, also without regard to case.
   * @param inFlight returns how many transactions have left and are not settled; none unless given
   */
  async compare(
    record: SourceRecord,
    inFlight?: () => number,
  ): Promise<{ readonly excess: number; readonly isExact: boolean }> {
    const { countedSince } = record;
    if (countedSince === undefined) return { excess: 0, isExact: false };
    const atMost = await this.#unaccounted(() => this.#count(countedSince), record, inFlight);
    if (atMost <= 0) return { excess: 0, isExact: atMost === 0 };
    // That count includes sources that differ only in case. Only the numbers can tell them apart.
    const excess = await this.#unaccounted(() => this.#countExactly(countedSince), record, inFlight);
    return { excess: Math.max(0, excess), isExact: false };
  }

  /** Whether the org has exactly the journals that this outbox accounts for, also without regard to case, in one call. */
  async isExact(record: SourceRecord): Promise<boolean> {
    const { countedSince } = record;
    if (countedSince === undefined) return false;
    return (await this.#unaccounted(() => this.#count(countedSince), record)) === 0;
  }

  /**
   * Imports every key that the org has received since the count began. A shortened number does not reveal its key. In
   * that case every new key of the source is looked up.
   */
  async importKeys(record: SourceRecord): Promise<void> {
    const { sources } = this.#context.outbox;
    for await (const numbers of this.#numbers(record)) {
      const keys = [...numbers].filter((number) => !isDigested(number));
      if (keys.length < numbers.size) await sources.remember(this.#source, { lookUpFirst: true });
      await sources.importKeys(keys);
    }
  }

  /** Returns the numbers received since the count began of which the org has several journals, whenever those were created. */
  async doubled(record: SourceRecord): Promise<string[]> {
    const doubled: string[] = [];
    for await (const numbers of this.#numbers(record)) doubled.push(...(await this.#doubledOf(numbers)));
    return doubled;
  }

  /** Returns why the run must end, even if the org does not answer which keys it has twice. */
  async rivals(record: SourceRecord, excess: number): Promise<GuardFinding> {
    const asked = await attempt(1, () => this.doubled(record));
    const doubled = 'answer' in asked ? asked.answer : undefined;
    return { stop: rival(this.#source, excess, doubled), doubled: doubled ?? [] };
  }

  /**
   * Counts the journals by their keys. Returns false and changes nothing unless this outbox has created or found every
   * one of them, or may have.
   */
  async #countKeys(record: SourceRecord): Promise<boolean> {
    const { sources } = this.#context.outbox;
    let counted = 0;
    for await (const rows of chunked(this.#journals(record.countedSince ?? 0))) {
      const numbers = new Set(rows.map(numberOf));
      // Asked first, because it costs no call. A shortened number is the key of nothing.
      const known = await sources.journalsOf([...numbers]);
      if (known.size < numbers.size || !(await this.#areOurs(numbers, known))) return false;
      counted += rows.filter((row) => known.get(numberOf(row)) !== 'underWay').length;
    }
    const now = await sources.find(this.#source);
    if (!now || !isSameCount(now, record)) return false;
    const raised = counted - now.brought;
    if (raised > now.counted) await sources.remember(this.#source, { counted: raised });
    return true;
  }

  /**
   * Whether this outbox can have made all journals that the org has of these numbers. Beside the one that counts there
   * may be failed and cancelled ones, if they are counted already: somebody may have restored them.
   */
  async #areOurs(numbers: ReadonlySet<string>, known: ReadonlyMap<string, KnownJournal>): Promise<boolean> {
    const several = (await this.#journalsOf(numbers)).filter(({ length }) => length > 1);
    const ids = several.flatMap((all) => all.map(idOf));
    const counted = await this.#context.outbox.sources.countedById(this.#source, ids);
    return several.every((all) => {
      const others = all.filter(({ Id }) => !counted.has(Id)).length;
      const isNamed = all.some((row) => known.get(numberOf(row)) === 'notDone');
      return countingJournals(all).length === 1 && others <= (isNamed ? 0 : 1);
    });
  }

  async #doubledOf(numbers: ReadonlySet<string>): Promise<string[]> {
    const journals = await this.#journalsOf(numbers);
    return journals.flatMap((all) => countingJournals(all).slice(1, 2).map(numberOf));
  }

  /** Returns the journals of each number. */
  async #journalsOf(numbers: ReadonlySet<string>): Promise<JournalRow[][]> {
    const { client, facts } = this.#context;
    const fields = facts.content.field('RelatedJournalId') ? ['RelatedJournalId'] : [];
    const rows = await client.journals.findByExternalNumbers(numbers, fields);
    const own = ownJournals(rows).filter(
      ({ LoyaltyProgramId }) => !LoyaltyProgramId || isSameId(LoyaltyProgramId, facts.programId),
    );
    return [...Map.groupBy(own, (row) => row.ExternalTransactionNumber).values()];
  }

  /**
   * Returns how many of the journals that the org has the outbox cannot account for, less than 0 if some are missing.
   * The outbox is read right after the count is answered, so that what was settled meanwhile is accounted for.
   */
  async #unaccounted(count: () => Promise<number>, record: SourceRecord, inFlight = none): Promise<number> {
    const { sources } = this.#context.outbox;
    const before = (await sources.find(this.#source)) ?? record;
    const found = await count();
    const after = (await sources.find(this.#source)) ?? record;
    const { counted, brought } = after;
    const unaccounted = found - counted - brought - inFlight() - (await sources.inDoubt(this.#source));
    // What the outbox knew before the question and the org no longer has was deleted. If it stayed in the account, it
    // would hide as many journals of another sender for as long as the count goes on.
    const left = found - before.brought;
    // The answer may come when the next process has begun to count anew.
    if (left < counted && isSameCount(before, after)) await sources.remember(this.#source, { counted: left });
    return unaccounted;
  }

  async #countExactly(since: number): Promise<number> {
    let count = 0;
    for await (const { Id } of this.#journals(since)) count += +(Id !== '');
    return count;
  }

  async *#numbers({ countedSince = 0 }: SourceRecord): AsyncGenerator<ReadonlySet<string>, void, void> {
    for await (const rows of chunked(this.#journals(countedSince))) yield new Set(rows.map(numberOf));
  }

  /** The source is compared with case here, because the org's LIKE may ignore case. */
  async *#journals(since: number): AsyncGenerator<SourceJournalRow, void, void> {
    for await (const journal of this.#context.client.journals.ofSource(this.#wanted, new Date(since))) {
      if (journal.ExternalTransactionNumber.startsWith(this.#prefix)) yield journal;
    }
  }

  /** Counts numbers, ignoring case, in one call. */
  #count(since: number): Promise<number> {
    return this.#context.client.journals.countOfSource(this.#wanted, new Date(since));
  }

  get #prefix(): string {
    return sourcePrefix(this.#source, this.#context.facts.numberLength);
  }

  get #wanted(): { programId: string; prefix: string; withoutRelated: boolean } {
    const { programId, content } = this.#context.facts;
    return { programId, prefix: this.#prefix, withoutRelated: content.field('RelatedJournalId') !== undefined };
  }
}

function isSameCount(one: SourceRecord, other: SourceRecord): boolean {
  return one.countedSince === other.countedSince && one.countedAt === other.countedAt;
}

function none(): number {
  return 0;
}

function idOf({ Id }: Pick<SourceJournalRow, 'Id'>): string {
  return Id;
}

function numberOf({ ExternalTransactionNumber }: Pick<SourceJournalRow, 'ExternalTransactionNumber'>): string {
  return ExternalTransactionNumber;
}

const chunk = 1000;

async function* chunked<T>(rows: AsyncIterable<T>): AsyncGenerator<readonly T[], void, void> {
  let some: T[] = [];
  for await (const row of rows) {
    some.push(row);
    if (some.length < chunk) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

/** Tells whether the number was shortened by `externalTransactionNumber` because its key did not fit. */
function isDigested(number: string): boolean {
  return /~[\w-]{22}$/.test(number);
}
