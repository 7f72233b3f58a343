import type { Clock } from '../../base/clock.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import { contentHash, detailsHash } from '../../transaction.js';
import type { ChunkTransaction, Intake, IntakeChunk } from '../outboxIntake.js';
import { countedLines } from '../runRecord.js';
import type { CountedLine, LineDecision } from '../runRecord.js';
import { decideSameKey } from '../sameKey.js';
import type { SameKeyDecision } from '../sameKey.js';
import { EarlierKeys } from './earlierKeys.js';
import { EdgeKeys } from './edgeKeys.js';
import type { EdgeGroup, OtherPart } from './edgeKeys.js';
import { KnownItems } from './knownItems.js';
import type { FeedAmongOthers, KnownBefore, KnownItem } from './knownItems.js';
import { LineWriter } from './lineWriter.js';
import { StoredMemberDetails } from './memberDetails.js';
import { NewItems } from './newItems.js';
import type { HashedTransaction, ItemPlace } from './newItems.js';
import type { OutboxStore } from './outboxStore.js';
import { runSeq } from './sqliteRuns.js';
import { storedJson } from './wholeOutbox.js';

/** A line of the chunk that is being stored. */
interface ChunkLine extends HashedTransaction {
  readonly place: ItemPlace;
  readonly edges: ChunkTransaction['edges'];
  readonly chunk: IntakeChunk;
  readonly among: FeedAmongOthers;
  /** Keys that the outbox has, and those of earlier lines of the chunk. */
  readonly knownKeys: Set<string>;
  /** Whether any member was erased. If so, an unknown key may belong to an erased member. */
  readonly mayBeForgotten: boolean;
}

/** What a line is after which its transaction is open. */
const opens: ReadonlySet<LineDecision> = new Set(['new', 'corrected', 'takenUpByItself', 'openBefore'] as const);

const counterColumns: Readonly<Record<CountedLine, string>> = {
  known: 'known',
  superseded: 'superseded',
  repeatAccepted: 'repeat_accepted',
  forgotten: 'forgotten',
  openBefore: 'open_before',
};

export class SqliteIntake implements Intake {
  readonly #store: OutboxStore;
  readonly #db: DatabaseSync;
  readonly #known: KnownItems;
  readonly #items: NewItems;
  readonly #lines: LineWriter;
  readonly #earlier: EarlierKeys;
  readonly #details: StoredMemberDetails;
  readonly #edges: EdgeKeys;

  constructor(store: OutboxStore, clock: Clock) {
    const { db } = store;
    this.#store = store;
    this.#db = db;
    this.#known = new KnownItems(db);
    this.#items = new NewItems(db, store, clock);
    this.#lines = new LineWriter(db);
    this.#earlier = new EarlierKeys(db);
    this.#details = new StoredMemberDetails(db);
    this.#edges = new EdgeKeys(db);
  }

  async progress(run: string, feed: string): Promise<{ position: unknown; complete: boolean } | undefined> {
    const row = this.#db
      .prepare('SELECT position, complete FROM feed WHERE run = ? AND name = ?')
      .get(runSeq(this.#db, run), feed);
    if (!row) return undefined;
    return {
      position: storedJson(this.#db, `the position in ${feed}`, row['position']),
      complete: row['complete'] === 1,
    };
  }

  async unread(run: string): Promise<string[]> {
    const rows = this.#db
      .prepare('SELECT name FROM feed WHERE run = ? AND complete = 0 ORDER BY id')
      .all(runSeq(this.#db, run));
    return rows.map(({ name }) => String(name));
  }

  async lastPosition(feed: string): Promise<unknown> {
    const row = this.#db
      .prepare(`SELECT position FROM feed WHERE name = ? AND position <> 'null' ORDER BY id DESC LIMIT 1`)
      .get(feed);
    return row && storedJson(this.#db, `the position in ${feed}`, row['position']);
  }

  hasEndedGroup(run: string, feed: string, group: string): boolean {
    return this.#earlier.hasEnded(run, feed, group);
  }

  keyCount(run: string, feed: string, key: string): number {
    return this.#earlier.countOf(run, feed, key);
  }

  async accept(chunk: IntakeChunk): Promise<readonly LineDecision[]> {
    try {
      const decisions = this.#store.change(() => this.#acceptAll(chunk));
      this.#items.enqueue();
      return decisions;
    } catch (error) {
      this.#earlier.forget();
      throw error;
    }
  }

  #acceptAll(chunk: IntakeChunk): LineDecision[] {
    const run = runSeq(this.#db, chunk.run);
    const feed = this.#storePosition(run, chunk);
    this.#earlier.store(feed, chunk);
    for (const rejection of chunk.rejections) this.#lines.add(run, rejection);
    this.#items.startChunk();
    const knownKeys = this.#known.known(chunk.transactions.map(({ transaction }) => transaction.key));
    if (knownKeys.size > 0) this.#store.index.refresh();
    const among = this.#known.amongOthers(run, feed);
    const mayBeForgotten = this.#known.hasForgotten();
    const decisions = chunk.transactions.map(({ line, transaction, edges }) =>
      this.#takeIn({
        transaction,
        edges,
        content: contentHash(transaction),
        details: detailsHash(transaction),
        place: { run, feed, line },
        chunk,
        among,
        knownKeys,
        mayBeForgotten,
      }),
    );
    this.#items.store();
    if (chunk.enrolls) this.#rememberMembers(chunk, decisions);
    this.#count(run, chunk, decisions);
    return decisions;
  }

  /** What is known of members whose transactions are not open is not needed. */
  #rememberMembers({ transactions }: IntakeChunk, decisions: readonly LineDecision[]): void {
    for (const [index, { transaction }] of transactions.entries())
      if (opens.has(decisions[index] ?? 'known')) this.#details.remember(transaction);
  }

  #storePosition(run: number, { feed, position, complete }: IntakeChunk): number {
    const row = this.#db
      .prepare(
        `INSERT INTO feed (run, name, position, complete) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET position = ?3, complete = ?4 RETURNING id`,
      )
      .get(run, feed, JSON.stringify(position ?? null), complete ? 1 : 0);
    return Number(row?.['id']);
  }

  #count(run: number, chunk: IntakeChunk, decisions: readonly LineDecision[]): void {
    const sums = countedLines.map((name) => {
      const count = decisions.filter((each) => each === name).length;
      return `${counterColumns[name]} = ${counterColumns[name]} + ${count}`;
    });
    this.#db
      .prepare(
        `UPDATE run SET used = used + ?, made = made + ?, skipped = skipped + ?, ${sums.join(', ')} WHERE seq = ?`,
      )
      .run(chunk.used ?? decisions.length, decisions.length, chunk.skipped, run);
  }

  #takeIn(line: ChunkLine): LineDecision {
    const { key } = line.transaction;
    if (line.knownKeys.has(key)) {
      // It may be a line of this chunk.
      this.#items.store();
      const known = this.#known.find(key, line.among);
      if (known) return this.#again(line, known);
    }
    if (line.mayBeForgotten && this.#known.isForgotten(key)) return 'forgotten';
    this.#items.add(line, line.place, line.chunk);
    this.#markEdge(line);
    line.knownKeys.add(key);
    return 'new';
  }

  /** Handles a line with a known key: decides what it is, and what follows from that. */
  #again(line: ChunkLine, before: KnownBefore): LineDecision {
    const { item } = before;
    const other = this.#otherPart(line, before);
    if (other !== undefined) {
      const place = { ...other, hasSameContent: item.content === line.content };
      this.#lines.groupSplit({ run: line.place.run, name: line.chunk.feed }, { ...line, line: line.place.line }, place);
      return 'conflict';
    }
    this.#markEdge(line);
    const decision = this.#decide(line, before);
    this.#follow(decision, line, item);
    if (item.content === line.content && decision.is !== 'corrected') this.#known.sight(item.seq, line.place);
    return decision.is;
  }

  #markEdge(line: ChunkLine): void {
    const group = edgeGroupOf(line);
    if (group) this.#edges.add(group);
  }

  /** Returns where the other part of a group is that is split over two feeds, unless a person has decided about it. */
  #otherPart(line: ChunkLine, { item, contentInFile }: KnownBefore): OtherPart | undefined {
    const group = contentInFile === undefined ? edgeGroupOf(line) : undefined;
    const other = group && this.#edges.otherPart(group);
    if (group === undefined || other === undefined) return undefined;
    if (other.isWhole && line.chunk.acceptsRepeats && item.content === line.content) return undefined;
    return this.#known.isOverruled(group.key, line.content, { feed: group.name, line: group.line }) ? undefined : other;
  }

  #decide({ transaction, chunk, place, content, details }: ChunkLine, before: KnownBefore): SameKeyDecision {
    const { item } = before;
    const sameContent = item.content === content;
    const standsAlone = chunk.standAlone === true;
    const contentInFile = standsAlone ? undefined : before.contentInFile;
    return decideSameKey({
      ...item,
      sameContent,
      sameDetails: item.details === details,
      earlierInFile: contentInFile === undefined ? undefined : contentInFile === content ? 'same' : 'other',
      earlierInRun: before.earlierInRun || (standsAlone && before.contentInFile !== undefined),
      isOfRun: item.state === 'refused' && this.#known.isOfRun(item, place.run),
      isOverruled:
        !sameContent &&
        !standsAlone &&
        this.#known.isOverruled(transaction.key, content, { feed: chunk.feed, line: place.line }),
      acceptsRepeats: chunk.acceptsRepeats,
      standsAlone,
    });
  }

  #follow(decision: SameKeyDecision, line: ChunkLine, known: KnownItem): void {
    const { place, chunk } = line;
    const feed = { run: place.run, name: chunk.feed };
    const report = { ...line, line: place.line };
    const detailsDiffer = known.content === line.content && known.details !== line.details;
    switch (decision.is) {
      case 'known':
      case 'repeatAccepted':
        if (detailsDiffer) this.#lines.detailsDiffer(feed, report);
        return;
      case 'superseded':
        return;
      case 'openBefore':
        if (detailsDiffer) this.#lines.detailsDiffer(feed, report);
        this.#items.addToRun(known, place.run);
        return;
      case 'takenUpByItself':
        this.#items.hold(this.#known.load(known), place.run);
        return;
      case 'corrected':
        this.#items.replace(this.#known.load(known), line, { ...place, lookUp: decision.lookUp });
        return;
      case 'refusedBefore':
        this.#lines.refusedBefore(feed, report, this.#known.load(known));
        return;
      case 'repeated':
        this.#lines.repeated(feed, report, this.#known.firstLine(line.transaction.key, place.feed));
        return;
      case 'conflict':
        this.#lines.conflict(feed, report, this.#known.load(known));
        return;
    }
  }
}

function edgeGroupOf({ transaction, edges, place, chunk }: ChunkLine): EdgeGroup | undefined {
  return edges && { key: transaction.key, edges, feed: place.feed, name: chunk.feed, line: place.line };
}
