import { setImmediate } from 'node:timers/promises';
import type { JournalRow, LoyaltyClient } from '../../client/index.js';
import { isSameId } from '../../base/sameId.js';
import { counted } from '../../base/text/counted.js';
import type { Feed } from '../../feed/index.js';
import type { KnownTransaction, Outbox, RunNote } from '../../outbox/index.js';
import { ownJournals } from '../judgeFound.js';
import { namesMember } from '../orgJournals.js';
import { inspectOrg, mustBelongTo } from '../preflight.js';
import type { OrgFacts } from '../preflight.js';
import { PresentMembers } from '../presentMembers.js';
import type { ComparedNumber, FedTransaction } from './comparedSides.js';
import { ComparisonTable } from './comparisonTable.js';
import type { Difference } from './difference.js';
import { fillFromFeeds, fillFromOrg, fillFromOutbox } from './fillComparison.js';
import { HashedContent } from './hashedContent.js';
import { judgeNumber } from './judgeNumber.js';
import { RunScope } from './runScope.js';
import { UnsureContent } from './unsureContent.js';

export interface VerifySyncOptions {
  /** A client that repeats reads. */
  readonly client: LoyaltyClient;
  readonly program: string;
  readonly outbox: Outbox;
  /** Default: outbox and org are compared. */
  readonly feeds?: readonly Feed[] | undefined;
  /**
   * Id of a run: compares only the transactions that it had, and rows of the feeds that the outbox does not know.
   * Default: everything.
   */
  readonly run?: string | undefined;
  /** Source of the feeds, if the outbox may not have met it. */
  readonly source?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: VerifyProgress) => void) | undefined;
}

export interface VerifyProgress {
  readonly phase: 'feed' | 'outbox' | 'org' | 'compare';
  /** Rows, transactions, journals or numbers so far. */
  readonly count: number;
}

/** What was compared. */
export interface VerifiedSync {
  readonly program: string;
  readonly sources: readonly string[];
  /** Undefined if no feed was given. */
  readonly feedRows: number | undefined;
  /** The run to which the comparison was limited. */
  readonly run: string | undefined;
  /** Transactions of the outbox, or of the run. */
  readonly transactions: number;
  /** Journals of the sources in the org, or of the transactions of the run. */
  readonly journals: number;
  /**
   * Transactions whose content could not be compared, and journals that came meanwhile. Unless it is 0, no difference
   * does not mean that there is none.
   */
  readonly uncompared: number;
  readonly notes: readonly RunNote[];
}

/** Numbers that are judged together, so that what has to be looked up for them is looked up together. */
const numbersAtOnce = 2000;
/** Rows after which the progress is told. */
const tellEvery = 1000;

/**
 * Compares feeds, outbox and org, and yields every difference. Changes nothing. A run may be in progress: what it has
 * not finished is `open`. Everything is brought together in a temporary file, so memory does not grow with it.
 * @throws {OtherOwnerError} if the outbox belongs to another org or program
 * @throws {FeedError} if a feed cannot be read
 * @throws {RangeError} if the outbox has no such run
 * @throws {Error} from the client, and the reason of the signal
 */
export async function* verifySync(options: VerifySyncOptions): AsyncGenerator<Difference, VerifiedSync, void> {
  const { client, outbox, feeds, source, signal, run } = options;
  await mustHaveRun(outbox, run);
  const facts = await factsOf(options);
  using table = new ComparisonTable();
  const counts = { feed: 0, outbox: 0, org: 0, compare: 0 };
  const count = (phase: VerifyProgress['phase']) => (): void => {
    counts[phase] += 1;
    if (counts[phase] % tellEvery === 0) options.onProgress?.({ phase, count: counts[phase] });
  };
  const filling = { table, facts, signal };
  if (feeds) await fillFromFeeds(feeds, { ...filling, onRow: count('feed') });
  const sources = [...new Set([...(await outbox.sources.names()), ...(source === undefined ? [] : [source])])];
  await fillFromOutbox(outbox, { ...filling, onRow: count('outbox') }, run);
  const scope = run === undefined ? undefined : new RunScope({ client, outbox, facts, onJournal: count('org') });
  if (!scope) await fillFromOrg(client, sources, { ...filling, onRow: count('org') });
  const comparison = new Comparison({ client, outbox, table, facts, scope, onNumber: count('compare') });
  yield* comparison.differences(signal);
  return {
    program: facts.program,
    sources,
    run,
    feedRows: feeds && counts.feed,
    transactions: counts.outbox,
    journals: counts.org,
    uncompared: comparison.uncompared,
    notes: comparison.notes,
  };
}

async function mustHaveRun({ name, runs }: Outbox, run: string | undefined): Promise<void> {
  if (run !== undefined && !(await runs.find(run))) throw new RangeError(`The outbox ${name} has no run ${run}.`);
}

/** A new outbox is not bound to the org by a comparison. */
async function factsOf({ client, program, outbox }: VerifySyncOptions): Promise<OrgFacts> {
  const facts = await inspectOrg(client, { program });
  return (await outbox.owner()) ? mustBelongTo(outbox, facts) : facts;
}

interface ComparisonParts {
  readonly client: LoyaltyClient;
  readonly outbox: Outbox;
  readonly table: ComparisonTable;
  readonly facts: OrgFacts;
  /** Set if only one run is compared. */
  readonly scope: RunScope | undefined;
  readonly onNumber: () => void;
}

class Comparison {
  readonly #parts: ComparisonParts;
  readonly #members: PresentMembers;
  readonly #hashes = new HashedContent();
  readonly #unsure: UnsureContent;
  #sinceRead = 0;
  #increments = 0;

  constructor(parts: ComparisonParts) {
    this.#parts = parts;
    this.#members = new PresentMembers(parts.client, parts.facts.program);
    this.#unsure = new UnsureContent(parts.table, parts.facts.changedFields.length === 0);
  }

  async *differences(signal: AbortSignal | undefined): AsyncGenerator<Difference, void, void> {
    for (const row of this.#parts.table.rejected()) {
      const { feed, line, message } = row as Pick<FedTransaction, 'feed' | 'line'> & { readonly message: string };
      yield { status: 'rejected', feed, line, journals: [], message };
    }
    let some: ComparedNumber[] = [];
    for (const { number, said } of this.#parts.table.numbers()) {
      this.#parts.onNumber();
      some.push(this.#compared(number, said));
      if (some.length < numbersAtOnce) continue;
      yield* this.#judge(some);
      some = [];
      // Lets everything else of this process go on.
      await setImmediate();
      signal?.throwIfAborted();
    }
    yield* this.#judge(some);
    yield* this.#unsure.keptBack();
  }

  /** What {@link VerifiedSync.uncompared} counts. */
  get uncompared(): number {
    return this.#unsure.uncompared + this.#sinceRead;
  }

  /** What a person should know of the comparison besides the differences. */
  get notes(): readonly RunNote[] {
    const { changedFields } = this.#parts.facts;
    const notes: RunNote[] = [];
    if (changedFields.length > 0) {
      const message = `Not compared, because this org changes them when it stores a journal: ${changedFields.join(', ')}.`;
      notes.push({ code: 'changed-fields', message });
    }
    if (this.#sinceRead > 0) {
      const message = `${counted(this.#sinceRead, 'journal')} came while this was compared: a run is in progress. Verify again when it has ended.`;
      notes.push({ code: 'run-in-progress', message });
    }
    if (this.#increments > 0) {
      const message =
        `${counted(this.#increments, 'transaction')} advanced progress (--route progress). The org keeps no journal of ` +
        'that, so nothing could be compared: the outbox alone has them as done.';
      notes.push({ code: 'no-journal', message });
    }
    return [...notes, ...this.#unsure.notes()];
  }

  #compared(
    number: string,
    said: { readonly [side in 'feed' | 'outbox' | 'org']: readonly unknown[] },
  ): ComparedNumber {
    const { outbox } = this.#parts;
    const fed = (said.feed as readonly FedTransaction[]).filter((line) => !outbox.isOverruled(line));
    const [known] = said.outbox as readonly KnownTransaction[];
    return { number, fed, known, journals: ownJournals(said.org as readonly JournalRow[]) };
  }

  async *#judge(all: readonly ComparedNumber[]): AsyncGenerator<Difference, void, void> {
    const some = (await this.#parts.scope?.within(all)) ?? all;
    const present = await this.#members.idsOf(strangersOf(some));
    const { facts } = this.#parts;
    const context = {
      shape: facts.content,
      changedFields: new Set(facts.changedFields),
      hashes: this.#hashes,
      isOfMember: (journal: JournalRow, member: string) =>
        namesMember(journal, member) || isSameId(journal.MemberId ?? '', present.get(member.toLowerCase())),
    };
    for (const compared of some) {
      if (await this.#isNews(compared)) continue;
      if (isWithoutJournal(compared)) this.#increments += 1;
      yield* this.#unsure.compared(compared, judgeNumber(compared, context));
    }
  }

  /** Whether the outbox has got to know the journal since it was read, or belonged to a member who was erased. */
  async #isNews({ number, fed, known, journals }: ComparedNumber): Promise<boolean> {
    if (known || fed.length > 0 || journals.length === 0) return false;
    const { outbox } = this.#parts;
    if (outbox.isErased(number)) return true;
    const isKnownNow = (await outbox.find(number)) !== undefined;
    if (isKnownNow) this.#sinceRead += 1;
    return isKnownNow;
  }
}

function isWithoutJournal({ known, journals }: ComparedNumber): boolean {
  return known?.state === 'done' && known.isIncrement && journals.length === 0;
}

/** Numbers of the members whose journals the org shows under another member: they may have been merged. */
function strangersOf(some: readonly ComparedNumber[]): string[] {
  const strangers = some.flatMap(({ fed, known, journals }) => {
    const member = known?.member ?? fed[0]?.member;
    return member !== undefined && journals.some((journal) => !namesMember(journal, member)) ? [member] : [];
  });
  return [...new Set(strangers)];
}
