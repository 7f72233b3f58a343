import type { ItemState, OutboxItem } from '../../src/outbox/index.js';

export interface ModelItem {
  readonly key: string;
  readonly content: string;
  readonly member: string;
  readonly run: string;
  state: ItemState;
  until: number;
  attempts: number;
  retries: number;
  sentAt: number;
}

interface ModelLane {
  checked: 'no' | 'found' | 'absent';
  until: number;
}

interface ModelCounts {
  used: number;
  skipped: number;
  rejected: number;
  duplicate: number;
  conflict: number;
}

const open = new Set<ItemState>(['held', 'ready', 'sent', 'unknown', 'parked']);
const blocking = new Set<ItemState>(['held', 'sent', 'unknown', 'parked']);

/** What an outbox should hold, kept in the simplest way: a list of items, and everything else computed from it. */
export class Model {
  /** In the order in which they were accepted. */
  readonly items: ModelItem[] = [];
  readonly lanes = new Map<string, ModelLane>();
  readonly counts = new Map<string, ModelCounts>();
  /** Requests that left and have not been settled. */
  inFlight: OutboxItem[][] = [];
  run = '';
  now = 1_000_000;

  begin(run: string): void {
    this.run = run;
    this.counts.set(run, { used: 0, skipped: 0, rejected: 0, duplicate: 0, conflict: 0 });
  }

  accept(key: string, member: string, content: string, lookUpFirst: boolean): void {
    const counts = this.counts.get(this.run)!;
    counts.used += 1;
    const known = this.items.find((item) => item.key === key);
    if (known) {
      counts[known.content === content && known.member === member ? 'duplicate' : 'conflict'] += 1;
      return;
    }
    const state = lookUpFirst ? 'unknown' : 'ready';
    this.items.push({ key, content, member, run: this.run, state, until: 0, attempts: 0, retries: 0, sentAt: 0 });
    const lane = member.toLowerCase();
    if (!this.lanes.has(lane)) this.lanes.set(lane, { checked: 'no', until: 0 });
  }

  of(key: string): ModelItem {
    return this.items.find((item) => item.key === key)!;
  }

  laneOf(member: string): ModelLane {
    return this.lanes.get(member.toLowerCase())!;
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
    return [...this.lanes.keys()].reduce((sum, member) => sum + this.openOf(member), 0);
  }

  get longestLane(): number {
    return Math.max(0, ...[...this.lanes.keys()].map((member) => this.openOf(member)));
  }

  isBlocked(member: string): boolean {
    return this.itemsOf(member).some(({ state }) => blocking.has(state));
  }

  /** Members for whom something may be sent now. */
  get free(): string[] {
    return [...this.lanes].flatMap(([member, { checked, until }]) =>
      checked === 'found' && until <= this.now && this.openOf(member) > 0 && !this.isBlocked(member) ? member : [],
    );
  }

  get unchecked(): string[] {
    return [...this.lanes].flatMap(([member, { checked }]) =>
      checked === 'no' && this.openOf(member) > 0 ? member : [],
    );
  }

  get nextDue(): number | undefined {
    const times = this.items.flatMap(({ state, until }) => (state === 'unknown' ? until : []));
    for (const [member, { checked, until }] of this.lanes) {
      if (this.openOf(member) === 0) continue;
      if (checked === 'no') times.push(0);
      if (checked === 'found' && !this.isBlocked(member)) times.push(until);
    }
    return times.length === 0 ? undefined : Math.min(...times);
  }

  settle(key: string, to: 'done' | 'refused' | 'parked' | 'ready' | 'unknown', until: number): void {
    const item = this.of(key);
    item.state = to;
    item.until = until;
    const lane = this.laneOf(item.member);
    lane.until = to === 'ready' ? until : 0;
    // Somebody may have been enrolled while the item was on its way.
    if (lane.checked === 'absent') lane.checked = 'no';
  }
}
