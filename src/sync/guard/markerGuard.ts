import { LostAnswerError } from '../../client/index.js';
import { attempt } from '../attempt.js';
import type { StopReason } from '../attempt.js';
import { endMark } from './endMark.js';
import { levels } from './guardLevels.js';
import { heartbeatLife, heldBy } from './heldSource.js';
import { JournalCount } from './journalCount.js';
import { SourceMarkers } from './sourceMarker.js';
import { sourcesOf } from './sourceGuard.js';
import type { Departure, GuardContext, GuardFinding, GuardStart, SourceGuard, SourceStart } from './sourceGuard.js';
import { SourceTurns } from './sourceTurns.js';
import { longestDoubt, startOfTurn } from './startOfTurn.js';

/** Level 1: every process that sends a source raises its epoch in the org, and sends heartbeats while it works. */
export class MarkerGuard implements SourceGuard {
  readonly level = levels.marker;
  readonly #context: GuardContext;
  readonly #markers: SourceMarkers;
  readonly #turns: SourceTurns;
  readonly #starts = new Map<string, SourceStart>();
  /** Sources for which it has waited. */
  readonly #passed = new Set<string>();
  /** Sources whose record has the mark of an end. */
  readonly #ended = new Set<string>();
  #looksUpFirst = true;
  #beats = 0;
  #beating: Promise<StopReason | undefined> | undefined;
  /** When the latest answered heartbeat was requested, by both clocks. */
  #lastBeat: { readonly monotonic: number; readonly wall: number };

  constructor(context: GuardContext, { takeOver }: { readonly takeOver: boolean }) {
    this.#context = context;
    this.#markers = new SourceMarkers(context.client, context.facts.programId);
    this.#turns = new SourceTurns({ context, markers: this.#markers, takeOver });
    this.#lastBeat = this.#now();
  }

  get looksUpFirst(): boolean {
    return this.#looksUpFirst;
  }

  /** @throws {StoppedError} when another process holds a source */
  async begin(): Promise<GuardStart> {
    const asked = this.#now();
    const starts: SourceStart[] = [];
    for (const source of await sourcesOf(this.#context)) starts.push(await this.#beginSource(source));
    this.#lastBeat = asked;
    this.#looksUpFirst = this.#context.source === undefined || (starts[0]?.lookUpFirst ?? true);
    await this.#context.outbox.continuity?.confirm();
    return {
      absentCountsFrom: Math.max(0, ...starts.map(({ absentCountsFrom }) => absentCountsFrom)),
      notes: [this.level, ...starts.flatMap(({ notes }) => notes)],
      doubled: starts.flatMap(({ doubled }) => doubled),
    };
  }

  async mayLeave(): Promise<Departure> {
    if (this.#age() < heartbeatLife / 2) return 'go';
    this.#beating ??= this.#beatAll().finally(() => {
      this.#beating = undefined;
    });
    const stop = await this.#beating;
    if (stop) return { stop, doubled: [] };
    // One that was answered late counts as any other: beating again at once could repeat without end.
    if (this.#age() < heartbeatLife) return 'go';
    throw tooLate(this.#age());
  }

  async end(): Promise<GuardFinding | undefined> {
    let found: GuardFinding | undefined;
    for (const [source, id] of this.#turns.raised) found = (await this.#endTurn(source, id)) ?? found;
    return found;
  }

  async leave(): Promise<void> {
    try {
      await this.end();
    } catch {
      // The record stays like that of a process that was killed, so the next process waits.
    }
  }

  async #beginSource(source: string): Promise<SourceStart> {
    const begun = this.#starts.get(source);
    if (begun) return begun;
    const start = await startOfTurn(this.#context, await this.#turns.raise(source));
    this.#starts.set(source, start);
    return start;
  }

  /** Writes every record that this process has raised. Each must be the newest of its source. */
  async #beatAll(): Promise<StopReason | undefined> {
    const asked = this.#now();
    this.#beats += 1;
    const beat = async ([source, id]: [string, string]): Promise<StopReason | undefined> => {
      const newest = await this.#markers.beat({ id, source }, this.#beats);
      if (newest?.Id === id) return undefined;
      const isOvertaken = newest !== undefined && newest.Epoch__c > this.#turns.epochOf(source);
      return heldBy(source, isOvertaken ? newest : undefined);
    };
    const stops = await Promise.all([...this.#turns.raised].map(beat));
    const stop = stops.find((each) => each !== undefined);
    if (stop) return stop;
    this.#lastBeat = asked;
    await this.#windowsPass();
    // While the org answers late, a request must not wait for a second answer.
    if (this.#looksUpFirst && this.#age() < heartbeatLife / 2) {
      // Without an answer, it is asked again with the next heartbeat.
      const asked = await attempt(1, () => this.#knowsAll());
      this.#looksUpFirst = !('answer' in asked && asked.answer);
    }
    return undefined;
  }

  /**
   * Whether a process that began now would look nothing up: this one has waited for whatever the outbox may lack, nothing
   * is in doubt, and the org has exactly the journals that the outbox accounts for. While requests are in progress it may
   * have more, so that it is asked again.
   */
  async #knowsAll(): Promise<boolean> {
    const { source, outbox, clock } = this.#context;
    const start = source === undefined ? undefined : this.#starts.get(source);
    if (source === undefined || !start || clock.monotonic() < start.absentCountsFrom) return false;
    const record = await outbox.sources.find(source);
    if (!record || record.lookUpFirst || (await outbox.sources.inDoubt(source)) > 0) return false;
    return new JournalCount(this.#context, source).isExact(record);
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
      await this.#markEnd(source, { id, mark: endMark(this.#orgTime + longestDoubt(this.#context)) });
      return record && excess > 0 ? count.rivals(record, excess) : undefined;
    }
    const isUnderWay = (await outbox.sources.underWay(source)) > 0;
    const doubt = isUnderWay ? longestDoubt(this.#context) : start.absentCountsFrom - clock.monotonic();
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
}

function tooLate(age: number): LostAnswerError {
  const message =
    `The latest heartbeat is ${Math.round(age / 1000)} seconds old, because the org answers late. Requests leave only ` +
    `within ${heartbeatLife / 1000} seconds of one, so that this one was kept back.`;
  return new LostAnswerError('timeout', message, false);
}
