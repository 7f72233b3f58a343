import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { SourceRecord } from '../../outbox/index.js';
import { StoppedError } from '../attempt.js';
import type { StopReason } from '../attempt.js';
import { endMark, isSettled, openUntil } from './endMark.js';
import { levels } from './guardLevels.js';
import { heldBy } from './heldSource.js';
import { JournalCount, olderOutbox } from './journalCount.js';
import { SourceMarkers } from './sourceMarker.js';
import type { MarkerRow } from './sourceMarker.js';
import { sourcesOf } from './sourceGuard.js';
import type { Departure, GuardContext, GuardFinding, GuardStart, SourceGuard } from './sourceGuard.js';

/** Nothing is sent unless the latest heartbeat is younger than this, in milliseconds. */
export const heartbeatLife = 60_000;

/** The epoch of a source that this process raises, or has raised. */
interface Turn {
  readonly source: string;
  readonly epoch: number;
  /** The earlier records, the newest first. */
  readonly before: readonly MarkerRow[];
  /** What the outbox knew about the source before. */
  readonly known: SourceRecord | undefined;
}

/** Level 1: every process that sends a source raises its epoch in the org, and sends heartbeats while it works. */
export class MarkerGuard implements SourceGuard {
  readonly level = levels.marker;
  readonly #context: GuardContext;
  readonly #markers: SourceMarkers;
  readonly #takeOver: boolean;
  readonly #turns = new Map<string, Turn>();
  /** Ids of the records that this process has raised, by source. */
  readonly #raised = new Map<string, string>();
  readonly #starts = new Map<string, GuardStart>();
  /** Sources for which it has waited. */
  readonly #passed = new Set<string>();
  /** Sources whose record has the mark of an end. */
  readonly #ended = new Set<string>();
  /** Identifies the records of this process. The token of the outbox cannot, because a copy of the outbox has it too. */
  readonly #process = randomUUID().slice(0, 17);
  #beats = 0;
  #beating: Promise<StopReason | undefined> | undefined;
  /** When the latest answered heartbeat was requested, by both clocks. */
  #lastBeat: { readonly monotonic: number; readonly wall: number };

  constructor(context: GuardContext, { takeOver }: { readonly takeOver: boolean }) {
    this.#context = context;
    this.#markers = new SourceMarkers(context.client, context.facts.programId);
    this.#takeOver = takeOver;
    this.#lastBeat = this.#now();
  }

  /** @throws {StoppedError} when another process holds a source */
  async begin(): Promise<GuardStart> {
    const asked = this.#now();
    const starts: GuardStart[] = [];
    for (const source of await sourcesOf(this.#context)) starts.push(await this.#beginSource(source));
    this.#lastBeat = asked;
    await this.#context.outbox.continuity?.confirm();
    return {
      lookUpFirst: this.#context.source === undefined || (starts[0]?.lookUpFirst ?? true),
      absentCountsFrom: Math.max(0, ...starts.map(({ absentCountsFrom }) => absentCountsFrom)),
      notes: [this.level, ...starts.flatMap(({ notes }) => notes)],
      doubled: starts.flatMap(({ doubled }) => doubled),
    };
  }

  async mayLeave(): Promise<Departure> {
    while (this.#age() >= heartbeatLife / 2) {
      this.#beating ??= this.#beatAll().finally(() => {
        this.#beating = undefined;
      });
      const stop = await this.#beating;
      if (stop) return { stop, doubled: [] };
    }
    return 'go';
  }

  async end(): Promise<GuardFinding | undefined> {
    let found: GuardFinding | undefined;
    for (const [source, id] of this.#raised) found = (await this.#endTurn(source, id)) ?? found;
    return found;
  }

  async leave(): Promise<void> {
    try {
      await this.end();
    } catch {
      // The record stays like that of a process that was killed, so the next process waits.
    }
  }

  async #beginSource(source: string): Promise<GuardStart> {
    const begun = this.#starts.get(source);
    if (begun) return begun;
    const turn = await this.#raise(source);
    const start = await this.#startOf(turn);
    this.#starts.set(source, start);
    return start;
  }

  /** Raises the epoch. If the answer to an insert is lost, the record is recognized by its owner. */
  async #raise(source: string): Promise<Turn> {
    const { sources } = this.#context.outbox;
    const known = await sources.find(source);
    const token = known?.ownerToken ?? randomUUID();
    const rows = await this.#markers.latest(source);
    let turn = this.#turns.get(source);
    if (!turn) {
      const [newest] = rows;
      if (newest) this.#mustBeFree(newest, token);
      turn = { source, epoch: Math.max(newest?.Epoch__c ?? 0, known?.epoch ?? 0) + 1, before: rows, known };
      this.#turns.set(source, turn);
      await sources.remember(source, { ownerToken: token, epoch: turn.epoch });
    }
    const owner = `${ownerPrefix(token)}${this.#process}`;
    const isOurs = (row: MarkerRow): boolean => row.Owner__c === owner && row.Epoch__c === turn.epoch;
    let own = rows.find(isOurs);
    if (!own) {
      await this.#markers.raise(source, turn.epoch, { token: owner, host: `${hostname()} (process ${process.pid})` });
      const [newest, ...others] = await this.#markers.latest(source);
      own = [newest, ...others].find((row) => row !== undefined && isOurs(row));
      if (!own || own !== newest) throw new StoppedError(heldBy(source, newest));
    }
    this.#raised.set(source, own.Id);
    return turn;
  }

  #mustBeFree(newest: MarkerRow, token: string): void {
    const isYoung = this.#orgTime - Date.parse(newest.SystemModstamp) < 2 * heartbeatLife;
    const isSameOutbox = newest.Owner__c?.startsWith(ownerPrefix(token)) === true;
    const isHeld = newest.Clean_End__c === null && !isSameOutbox && isYoung;
    if (isHeld && !this.#takeOver) throw new StoppedError(heldBy(newest.Source__c, newest));
  }

  /** Decides how far a local "not sent" can be trusted, now that it is this process's turn. */
  async #startOf(turn: Turn): Promise<GuardStart> {
    const { source, before, known: record } = turn;
    const { outbox, clock } = this.#context;
    const [newest] = before;
    // A process that died while it met the source accounts for nothing.
    const known = record?.countedSince === undefined ? undefined : record;
    const isNewest = known?.cleanEnd !== undefined && newest?.Clean_End__c === known.cleanEnd;
    const isSettledEnd = isNewest && isSettled(newest.Clean_End__c);
    if (!isSettledEnd && (await this.#lacksNothing(turn))) {
      await outbox.sources.remember(source, { cleanEnd: undefined });
      // Others may have sent something, too, as journals that were made by hand, which a count does not always show.
      await outbox.sources.doubtReady();
      return { lookUpFirst: true, absentCountsFrom: 0, notes: [], doubled: [] };
    }
    const count = new JournalCount(this.#context, source);
    const baseline = await count.baseline();
    const isKnown = record !== undefined || newest !== undefined || (await count.isKnownToOrg());
    const isCurrent = isSettledEnd && (await count.excess(known)) === 0;
    await outbox.sources.remember(source, { cleanEnd: undefined });
    if (!isKnown || isCurrent) {
      await outbox.sources.remember(source, { ...baseline, windowPassed: true });
      return { lookUpFirst: isKnown && (known?.lookUpFirst ?? true), absentCountsFrom: 0, notes: [], doubled: [] };
    }
    const { keepsCount, ...caughtUp } = known
      ? await this.#catchUp(source, count, known)
      : { notes: [], doubled: [], keepsCount: false };
    if (!known) await outbox.sources.remember(source, { lookUpFirst: true });
    // An outbox that is not up to date waits for a whole window. Otherwise, wait only as long as requests may be open.
    const isLost = newest === undefined || (known !== undefined && !isNewest);
    const wait = isLost ? this.#longestDoubt : this.#openFor(before);
    await outbox.sources.remember(source, { ...(keepsCount ? {} : baseline), windowPassed: wait <= 0 });
    return { lookUpFirst: true, absentCountsFrom: wait > 0 ? clock.monotonic() + wait : 0, ...caughtUp };
  }

  /**
   * Whether the outbox provably has all that was ever stored in it, and its own process was the last one that sent the
   * source. Then only what was under way has to wait, as anywhere.
   */
  async #lacksNothing({ source, before: [newest], known }: Turn): Promise<boolean> {
    if (!this.#context.outbox.continuity?.isUnbroken) return false;
    if (!newest || known?.countedSince === undefined || !known.windowPassed) return false;
    const isOwn = known.ownerToken !== undefined && newest.Owner__c?.startsWith(ownerPrefix(known.ownerToken)) === true;
    // A process may have stored its epoch, and died before the org had it.
    if (!isOwn || newest.Epoch__c > known.epoch) return false;
    return (await new JournalCount(this.#context, source).excess(known)) === 0;
  }

  /**
   * Has open items looked up first, and imports the keys that the org has received since into an older outbox. What is in
   * doubt may hide as many journals that the outbox does not know: then the count goes on until nothing is in doubt.
   */
  async #catchUp(
    source: string,
    count: JournalCount,
    known: SourceRecord,
  ): Promise<Pick<GuardStart, 'notes' | 'doubled'> & { readonly keepsCount: boolean }> {
    const { sources, delivery } = this.#context.outbox;
    const isInDoubt = (await sources.inDoubt(source)) > 0;
    const isOlder = (await count.excess(known)) > 0;
    const doubled = isOlder ? await count.doubled(known) : [];
    if (isOlder) await count.importKeys(known);
    // Stored before the new count: if the process dies here, they must not be lost.
    await delivery.markDoubled(doubled);
    const doubted = await sources.doubtReady();
    return { notes: isOlder ? [olderOutbox(source, doubted)] : [], doubled, keepsCount: isInDoubt && !isOlder };
  }

  /** Milliseconds until nothing of these processes can reach the org any more. */
  #openFor(rows: readonly MarkerRow[]): number {
    const until = Math.max(...rows.map((row) => openUntil(row, this.#longestDoubt)));
    return Math.max(0, until - this.#orgTime);
  }

  /** Writes every record that this process has raised. Each must be the newest of its source. */
  async #beatAll(): Promise<StopReason | undefined> {
    const asked = this.#now();
    for (const [source, id] of this.#raised) {
      this.#beats += 1;
      const newest = await this.#markers.beat({ id, source }, this.#beats);
      if (newest?.Id === id) continue;
      const isOvertaken = newest !== undefined && newest.Epoch__c > (this.#turns.get(source)?.epoch ?? 0);
      return heldBy(source, isOvertaken ? newest : undefined);
    }
    this.#lastBeat = asked;
    await this.#windowsPass();
    return undefined;
  }

  /** Has the outbox know when this process has waited for whatever it may lack. */
  async #windowsPass(): Promise<void> {
    const { outbox, clock } = this.#context;
    for (const [source, { absentCountsFrom }] of this.#starts) {
      if (absentCountsFrom === 0 || this.#passed.has(source) || clock.monotonic() < absentCountsFrom) continue;
      await outbox.sources.remember(source, { windowPassed: true });
      this.#passed.add(source);
    }
  }

  /** Ends the turn. If another process was sending too, or something is in doubt, it is not a clean end. */
  async #endTurn(source: string, id: string): Promise<GuardFinding | undefined> {
    if (this.#ended.has(source)) return undefined;
    const { outbox, clock } = this.#context;
    const record = await outbox.sources.find(source);
    const count = new JournalCount(this.#context, source);
    const baseline = await count.baseline();
    const excess = record ? await count.excess(record) : 0;
    const start = this.#starts.get(source);
    if (!start || (record && excess > 0)) {
      // The outbox is not up to date, but it is still true that the process has ended.
      await this.#markEnd(source, { id, mark: endMark(this.#orgTime + this.#longestDoubt) });
      return record && excess > 0 ? count.rivals(record, excess) : undefined;
    }
    const isUnderWay = (await outbox.sources.underWay(source)) > 0;
    const doubt = isUnderWay ? this.#longestDoubt : start.absentCountsFrom - clock.monotonic();
    const cleanEnd = endMark(doubt > 0 ? this.#orgTime + doubt : undefined);
    const isInDoubt = (await outbox.sources.inDoubt(source)) > 0;
    // The outbox comes first: if the process dies between the two writes, the marks differ, and the next one waits.
    await outbox.sources.remember(source, { ...(isInDoubt ? {} : baseline), cleanEnd });
    await this.#markEnd(source, { id, mark: cleanEnd });
    return undefined;
  }

  async #markEnd(source: string, { id, mark }: { readonly id: string; readonly mark: string }): Promise<void> {
    await this.#markers.end(id, mark);
    this.#ended.add(source);
  }

  #now(): { monotonic: number; wall: number } {
    const { clock } = this.#context;
    return { monotonic: clock.monotonic(), wall: clock.now() };
  }

  /**
   * Returns the age of the latest heartbeat by the clock that shows more. One clock may stop while the machine sleeps,
   * and the other may be set back. Neither must make a heartbeat look young.
   */
  #age(): number {
    const { monotonic, wall } = this.#now();
    return Math.max(monotonic - this.#lastBeat.monotonic, wall - this.#lastBeat.wall);
  }

  get #orgTime(): number {
    const { client, clock } = this.#context;
    return client.orgTime ?? clock.now();
  }

  /** A process sends for the life of a heartbeat after its last look, and a request takes a window. */
  get #longestDoubt(): number {
    return heartbeatLife + this.#context.settleWindow;
  }
}

/** Returns the first part of the owner of all records of one outbox. */
function ownerPrefix(token: string): string {
  return token.slice(0, 18);
}
