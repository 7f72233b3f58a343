import type { ItemOrigin, ItemState, OutboxItem } from '../../src/outbox/index.js';
import { decide } from './modelTable.js';
import type { Decision, ModelLine } from './modelTable.js';

/** What a run knows of an item. */
interface Standing {
  readonly origin: ItemOrigin;
  readonly state: ItemState;
  readonly attempts: number;
  readonly found: boolean;
}

export interface Place {
  readonly run: string;
  readonly feed: string;
  readonly line: number;
}

export interface ModelItem {
  readonly seq: number;
  key: string;
  content: string;
  details: string;
  member: string;
  run: string;
  origin: ItemOrigin;
  state: ItemState;
  current: boolean;
  until: number;
  attempts: number;
  wasSent: boolean;
  found: boolean;
  code: string;
  keptOrg: boolean;
  places: Place[];
  /** Its state in runs that had it before, the latest last. */
  readonly past: Map<string, Standing>;
}

interface ModelQueue {
  checked: 'no' | 'found' | 'absent';
  until: number;
}

interface ReportedLine extends ModelLine {
  readonly kind: Decision | 'detailsDiffer';
  isErased: boolean;
}

export interface ModelRun {
  readonly id: string;
  used: number;
  skipped: number;
  rejected: number;
  /** What became of each line that made no item, and lines whose details differ. */
  readonly lines: ReportedLine[];
  readonly nextLine: Map<string, number>;
}

export type Ending = { readonly until: number } & (
  | { readonly to: 'done'; readonly found: boolean }
  | { readonly to: 'refused' | 'parked' | 'conflictInOrg' | 'doubled' | 'ready' | 'unknown' }
);

const open = new Set<ItemState>(['held', 'ready', 'sent', 'unknown', 'parked']);
const blocking = new Set<ItemState>(['held', 'sent', 'unknown', 'parked']);
export const person = new Set<ItemState>(['refused', 'parked', 'conflictInOrg', 'doubled']);

/** What an outbox should contain, in the simplest form: a list of items, from which everything else is computed. */
export class Model {
  /** In the order in which they were accepted. */
  readonly items: ModelItem[] = [];
  readonly queues = new Map<string, ModelQueue>();
  readonly runs = new Map<string, ModelRun>();
  readonly forgotten = new Set<string>();
  /** Content of a line that a correction or a person has overruled: see `overruledAs`. */
  readonly overruled = new Map<string, string>();
  /** Requests that were sent and have not been settled. */
  inFlight: OutboxItem[][] = [];
  /** What is being looked up. */
  lookUp: OutboxItem[] = [];
  run = '';
  now = 1_000_000;
  /** Runs that have made a report. */
  readonly #ended = new Set<string>();

  begin(run: string): void {
    this.run = run;
    this.runs.set(run, { id: run, used: 0, skipped: 0, rejected: 0, lines: [], nextLine: new Map() });
    this.#carryOver();
  }

  resume(run: string): void {
    this.run = run;
    this.#ended.delete(run);
    this.#carryOver();
  }

  /** A complete run is never read again, so its sightings of done items are not kept. */
  end(run: string, isComplete: boolean): void {
    this.#ended.add(run);
    if (!isComplete) return;
    for (const item of this.items) {
      if (item.state !== 'done') continue;
      const [first, ...again] = item.places;
      item.places = [...(first ? [first] : []), ...again.filter((place) => place.run !== run)];
    }
  }

  #carryOver(): void {
    for (const item of this.items) {
      const isUntold = item.state === 'doubled' && !this.#ended.has(item.run);
      if (open.has(item.state) || isUntold) this.#move(item, 'carriedOver');
    }
  }

  #move(item: ModelItem, origin: ItemOrigin): void {
    if (item.run === this.run) return;
    const { origin: was, state, attempts, found } = item;
    item.past.set(item.run, { origin: was, state, attempts, found });
    item.origin = item.past.get(this.run)?.origin ?? origin;
    item.past.delete(this.run);
    item.run = this.run;
  }

  currentOf(key: string): ModelItem | undefined {
    return this.items.find((item) => item.current && item.key === key);
  }

  accept(line: ModelLine, options: { lookUpFirst: boolean; acceptsRepeats: boolean }): void {
    const run = this.runs.get(this.run)!;
    run.used += 1;
    const known = this.currentOf(line.key);
    const decision = decide(this, line, options);
    if (known) this.#follow(decision, known, line);
    else if (decision === 'new') this.#add(line, 'new', options.lookUpFirst ? 'unknown' : 'ready', 0);
    if (decision !== 'new' && decision !== 'corrected' && decision !== 'takenUpByItself') {
      run.lines.push({ ...line, kind: decision, isErased: false });
    }
    const counts = decision === 'known' || decision === 'repeatAccepted' || decision === 'openBefore';
    const saysOther = known?.content === line.content && known.details !== line.details;
    if (counts && saysOther) run.lines.push({ ...line, kind: 'detailsDiffer', isErased: false });
  }

  #follow(decision: Decision, known: ModelItem, line: ModelLine): void {
    const isSame = known.content === line.content;
    if (decision === 'openBefore') this.#move(known, 'carriedOver');
    if (decision === 'takenUpByItself') {
      this.#move(known, 'takenUpByItself');
      known.state = this.queueOf(known.member).checked === 'found' ? 'unknown' : 'held';
      known.until = 0;
      this.#touch(known.member);
    }
    if (decision === 'corrected') this.#correct(known, line);
    else if (isSame) known.places.push({ run: this.run, feed: line.feed, line: line.line });
  }

  #correct(known: ModelItem, line: ModelLine): void {
    this.overrule(known);
    const state = known.state === 'ready' ? 'ready' : 'unknown';
    const until = known.state === 'sent' ? Infinity : known.state === 'unknown' ? known.until : 0;
    known.current = false;
    if (known.state !== 'sent' && (open.has(known.state) || known.run === this.run)) known.state = 'replaced';
    this.#add(line, 'corrected', state, until, known.attempts);
  }

  overrule({ key, content, places }: ModelItem): void {
    for (const { feed, line } of places) this.overruled.set(overruledAs(key, content, feed, line), key);
  }

  #add(line: ModelLine, origin: ItemOrigin, state: ItemState, until: number, attempts = 0): void {
    const { key, content, details, member } = line;
    this.items.push({
      ...{ seq: this.items.length + 1, key, content, details, member, run: this.run, origin, state, until, attempts },
      ...{ current: true, wasSent: false, found: false, code: '', keptOrg: false, past: new Map() },
      places: [{ run: this.run, feed: line.feed, line: line.line }],
    });
    this.#touch(member);
  }

  /** The member may have been enrolled since the look-up. */
  #touch(member: string): void {
    const queue = this.queues.get(member.toLowerCase());
    if (!queue) this.queues.set(member.toLowerCase(), { checked: 'no', until: 0 });
    else if (queue.checked === 'absent') queue.checked = 'no';
  }

  of({ seq }: { seq: number }): ModelItem {
    return this.items[seq - 1]!;
  }

  queueOf(member: string): ModelQueue {
    return this.queues.get(member.toLowerCase())!;
  }

  itemsOf(member: string, state?: ItemState): ModelItem[] {
    return this.items.filter(
      (item) => item.member.toLowerCase() === member.toLowerCase() && (state === undefined || item.state === state),
    );
  }

  openOf(member: string): number {
    return this.itemsOf(member).filter(({ state }) => open.has(state)).length;
  }

  get open(): number {
    return this.items.filter(({ state }) => open.has(state) && state !== 'parked').length;
  }

  get longestQueue(): number {
    return Math.max(0, ...[...this.queues.keys()].map((member) => this.openOf(member)));
  }

  isBlocked(member: string): boolean {
    return this.itemsOf(member).some(({ state }) => blocking.has(state));
  }

  /** Returns the members for whom something may be sent now. */
  get free(): string[] {
    return [...this.queues].flatMap(([member, { checked, until }]) =>
      checked === 'found' && until <= this.now && this.openOf(member) > 0 && !this.isBlocked(member) ? member : [],
    );
  }

  get unchecked(): string[] {
    return [...this.queues].flatMap(([member, { checked }]) =>
      checked === 'no' && this.openOf(member) > 0 ? member : [],
    );
  }

  get nextDue(): number | undefined {
    const times = this.items.flatMap(({ state, until }) => (state === 'unknown' ? until : []));
    for (const [member, { checked, until }] of this.queues) {
      if (this.openOf(member) === 0) continue;
      if (checked === 'no') times.push(0);
      if (checked === 'found' && !this.isBlocked(member)) times.push(until);
    }
    return times.length === 0 ? undefined : Math.min(...times);
  }

  found(member: string): void {
    for (const item of this.itemsOf(member, 'held')) Object.assign(item, { state: 'unknown', until: 0 });
    this.queueOf(member).checked = 'found';
  }

  /** Members whose items are held are to be looked up again. */
  recheck(): void {
    for (const [member, queue] of this.queues) {
      if (queue.checked === 'absent' && this.openOf(member) > 0) queue.checked = 'no';
    }
  }

  hold(member: string, code: string): void {
    for (const item of [...this.itemsOf(member, 'ready'), ...this.itemsOf(member, 'held')]) {
      Object.assign(item, { state: 'held', code });
    }
    this.queueOf(member).checked = 'absent';
  }

  /**
   * Returns how many items ended.
   * @param kept code of the held items that stay held
   */
  absent(member: string, code: string, kept: string | undefined): number {
    const held = this.itemsOf(member, 'held').filter((item) => item.code !== kept);
    const ending = [...this.itemsOf(member, 'ready'), ...held];
    for (const item of ending) {
      if (item.state === 'held' && item.origin === 'takenUpByItself') this.#giveBack(item);
      else Object.assign(item, { state: 'refused', code });
    }
    this.queueOf(member).checked = 'absent';
    return ending.length;
  }

  /**
   * Restores the item's state before the run read it again, and reports the first line of the first feed that has it.
   */
  #giveBack(item: ModelItem): void {
    const feeds = [...this.runs.get(item.run)!.nextLine.keys()];
    const [{ feed, line } = { feed: '', line: 0 }] = item.places
      .filter(({ run }) => run === item.run)
      .sort((one, other) => feeds.indexOf(one.feed) - feeds.indexOf(other.feed) || one.line - other.line);
    const { key, member, content, details } = item;
    const report = { key, member, content, details, feed, line, kind: 'refusedBefore' as const, isErased: false };
    this.runs.get(item.run)!.lines.push(report);
    const [run, before] = [...item.past].at(-1)!;
    item.past.delete(run);
    Object.assign(item, before, { run });
  }

  settle(item: ModelItem, ending: Ending): void {
    if (!item.current && item.state !== 'sent') return;
    const { to } = ending;
    const found = to === 'done' && ending.found;
    const code = person.has(to) ? 'NO' : to === 'done' ? '' : item.code;
    if (item.current) Object.assign(item, { state: to, until: ending.until, code, found });
    else this.#settleReplaced(item, ending);
    const queue = this.queueOf(item.member);
    if (item.current && to === 'ready') queue.until = Math.max(queue.until, ending.until);
    this.#touch(item.member);
  }

  /** Releases the correction, which has waited for this. */
  #settleReplaced(item: ModelItem, ending: Ending): void {
    const isDone = ending.to === 'done';
    Object.assign(item, { state: isDone ? 'done' : 'replaced', found: isDone && ending.found });
    const isUnderWay = (key: string): boolean =>
      this.items.some((each) => each.key === key && !each.current && each.state === 'sent');
    for (const each of this.items) {
      if (each.state !== 'unknown' || each.until !== Infinity || isUnderWay(each.key)) continue;
      each.until = ending.to === 'unknown' ? ending.until : 0;
    }
  }

  recover(settledAt: number): void {
    for (const item of this.items) {
      if (item.state === 'sent') item.state = item.current ? 'unknown' : 'replaced';
      else if (item.state !== 'unknown' || item.until === 0) continue;
      item.until = settledAt;
    }
    for (const queue of this.queues.values()) {
      queue.until = 0;
      if (queue.checked === 'absent') queue.checked = 'no';
    }
    this.inFlight = [];
    this.lookUp = [];
  }

  /** Returns the items that a person may take up: those of one run, of these keys, with one of these codes. */
  chosen(filter: {
    run?: string | undefined;
    keys?: readonly string[] | undefined;
    codes?: readonly string[] | undefined;
  }): ModelItem[] {
    const { run, keys, codes } = filter;
    return this.items.filter(
      (item) =>
        item.current &&
        person.has(item.state) &&
        (run === undefined || item.run === run || item.past.has(run)) &&
        (keys?.includes(item.key) ?? true) &&
        (codes?.includes(item.code) ?? true),
    );
  }

  takeUp(items: readonly ModelItem[]): void {
    for (const item of items) {
      this.#move(item, 'takenUpAgain');
      if (item.origin === 'carriedOver') item.origin = 'takenUpAgain';
      Object.assign(item, { state: 'unknown', until: 0 });
      this.#touch(item.member);
    }
  }

  /** Returns the lines that contradict the org's content of a key. */
  conflicts(key: string): ReportedLine[] {
    return [...this.runs.values()].flatMap(({ lines }) =>
      lines.filter((line) => line.kind === 'conflict' && line.key === key && !line.isErased),
    );
  }

  isOverruled({ key, content, feed, line }: ModelLine): boolean {
    return this.overruled.has(overruledAs(key, content, feed, line));
  }

  keepOrg(key: string): void {
    const item = this.currentOf(key);
    for (const { content, feed, line } of this.conflicts(key)) {
      this.overruled.set(overruledAs(key, content, feed, line), key);
    }
    if (item && item.state !== 'done') this.overrule(item);
    if (!item || !person.has(item.state)) return;
    this.#move(item, 'takenUpAgain');
    if (item.origin === 'carriedOver') item.origin = 'takenUpAgain';
    Object.assign(item, { state: 'done', content: '', keptOrg: true, found: true, code: '' });
  }

  forget(member: string): number {
    const items = this.itemsOf(member);
    for (const item of items) {
      const { key } = item;
      this.forgotten.add(key);
      Object.assign(item, { key: 'forgotten', member: '', content: '', details: '', current: false, places: [] });
      if (this.currentOf(key)) continue;
      for (const [as, of] of this.overruled) if (of === key) this.overruled.delete(as);
    }
    for (const { lines } of this.runs.values()) {
      for (const line of lines) if (line.member.toLowerCase() === member.toLowerCase()) line.isErased = true;
    }
    this.queues.delete(member.toLowerCase());
    return items.length;
  }
}

function overruledAs(...parts: readonly (string | number)[]): string {
  return parts.join('|');
}
