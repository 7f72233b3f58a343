import { expect } from 'chai';
import { exitCode } from '../../../src/sync/index.js';
import type { SyncReport } from '../../../src/sync/index.js';
import type { Transaction } from '../../../src/transaction.js';
import type { Machines } from './machines.js';
import { contentOf } from './story.js';

/** With one of these notes, a report does not describe the file as it is. */
const partly: ReadonlySet<string> = new Set(['limit', 'feed-grown', 'feed-changed']);

/** Compares what machines reported about a feed with what the org has. */
export class MachinesTruth {
  readonly #machines: Machines;
  /** Keys that any report lists as needing a person. */
  readonly #named = new Set<string>();
  /** Keys that any report mentions. */
  readonly #toldOf = new Set<string>();
  /** Keys that the outbox has stored, whether or not the feed still has them. */
  readonly #stored = new Set<string>();
  readonly #told: string[] = [];

  constructor(machines: Machines) {
    this.#machines = machines;
  }

  get story(): string {
    return this.#told.join('; ');
  }

  happened(what: string): void {
    this.#told.push(what);
  }

  stored(keys: readonly string[]): void {
    for (const key of keys) this.#stored.add(key);
  }

  /** Forgets what only the lost outbox knew. */
  lostOutbox(): void {
    this.#stored.clear();
  }

  /** Takes in a report. @param rows what the feed had when the process started */
  heard(report: SyncReport, rows: readonly Transaction[]): void {
    for (const { key, status } of report.records) {
      if (key === undefined) continue;
      this.#toldOf.add(key);
      if (['doubled', 'conflictInOrg', 'parked'].includes(status)) this.#named.add(key);
    }
    const notes = report.notes.map(({ code }) => code);
    this.happened(`${report.ending} ${report.stopped?.code ?? ''} ${JSON.stringify(notes)}`);
    if (report.ending !== 'complete' || notes.some((code) => partly.has(code))) return;
    const told = new Set(report.records.map(({ key }) => key));
    const untold = rows.filter(({ key }) => !told.has(key));
    const lost = untold.filter((row) => !this.#hadEffect(row)).map(({ key }) => key);
    expect(lost, `in the feed, and neither in the org nor told of; ${this.story}`).to.deep.equal([]);
    const other = untold.filter((row) => !this.#isAsInFeed(row)).map(({ key }) => key);
    // A line that was cut off, cut off elsewhere and then completed has been corrected by its own feed.
    if (other.length <= report.counts.transactions.superseded) return;
    expect(other, `not in the org as the feed has it, and not told of; ${this.story}`).to.deep.equal([]);
  }

  /** Checks the end. @param rows what the feed has at the end */
  expectTheEnd(last: SyncReport, rows: readonly Transaction[], { mayDouble }: { mayDouble: boolean }): void {
    const { doubled, org } = this.#machines;
    const { story } = this;
    if (!mayDouble) expect(doubled, `doubled; ${story}`).to.deep.equal([]);
    // Nobody can name a key that the feed no longer has and that only a lost outbox knew.
    const known = new Set([...this.#stored, ...rows.map(({ key }) => key)]);
    expect(
      doubled.filter((key) => known.has(key) && !this.#named.has(key)),
      `doubled without a word; ${story}`,
    ).to.deep.equal([]);
    const hadEffect = new Set(org.effects.map(({ number }) => number));
    const missing = rows.flatMap(({ key }) => (hadEffect.has(key) ? [] : key));
    const ofLast = new Set(last.records.map(({ key }) => key));
    const silent = missing.filter((key) => !this.#named.has(key) && !ofLast.has(key));
    expect(silent, `missing without a word; ${story}`).to.deep.equal([]);
    if (exitCode(last) === 0) expect(missing, `missing behind a green exit; ${story}`).to.deep.equal([]);
    const forgotten = [...this.#stored].filter((key) => !hadEffect.has(key) && !this.#toldOf.has(key));
    expect(forgotten, `read, and forgotten with the lines of the feed; ${story}`).to.deep.equal([]);
  }

  #hadEffect(row: Transaction): boolean {
    return this.#machines.org.effects.some(({ number }) => number === row.key);
  }

  #isAsInFeed(row: Transaction): boolean {
    const { ActivityDate, TransactionAmount } = contentOf(row);
    return this.#machines.org.tables.journals
      .filter(({ number }) => number === row.key)
      .every(({ content: has }) => has.ActivityDate === ActivityDate && has.TransactionAmount === TransactionAmount);
  }
}
