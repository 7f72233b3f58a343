import type { MonotonicClock } from '../../src/base/clock.js';
import { OutboxBusyError, OutboxTakenError } from '../../src/outbox/index.js';
import type { OutboxOwner, SeenLease, UnreadFeeds } from '../../src/outbox/index.js';
import type {
  Lease,
  LogPosition,
  LogReader,
  OutboxChange,
  OutboxLog,
  Snapshot,
  StoredChange,
} from '../../src/outbox/postgres/outboxLog.js';

interface Stored {
  readonly changes: StoredChange[];
  readonly snapshot: { change: number; parts: readonly Uint8Array[] };
  epoch: number;
  /** Who has confirmed the log, and how often it had been restored by then. */
  witness: { readonly epoch: number; readonly restored: number } | undefined;
  leaseUntil: number;
  owner?: OutboxOwner | undefined;
}

/** The log of a shared outbox in memory, with time of its own: a database that several processes can reach. */
export class MemoryLog implements OutboxLog {
  readonly name = 'memory';
  readonly #clock: MonotonicClock;
  readonly #length: number;
  /** Also after a restored backup, no lease has the number of an earlier one. */
  #epochs = 0;
  #restored = 0;
  #stored: Stored = {
    ...{ changes: [], snapshot: { change: 0, parts: [] }, epoch: 0, leaseUntil: -Infinity, witness: undefined },
  };

  constructor(clock: MonotonicClock, length = 10_000) {
    this.#clock = clock;
    this.#length = length;
  }

  /** Number of the last change. */
  get last(): number {
    return this.#stored.changes.at(-1)?.number ?? this.#stored.snapshot.change;
  }

  /** A backup of the database. */
  backUp(): () => void {
    const { changes, snapshot, ...rest } = this.#stored;
    const copy = { changes: [...changes], snapshot: { ...snapshot }, ...rest };
    return () => {
      this.#restored += 1;
      this.#stored = { ...copy, changes: [...copy.changes] };
    };
  }

  async read(after: LogPosition | undefined, reader: LogReader): Promise<LogPosition> {
    const { changes, snapshot } = this.#stored;
    let position = after?.number ?? 0;
    const isNew = after === undefined && snapshot.change === 0;
    if (!isNew && !(after && this.#hasAllAfter(after))) {
      if (snapshot.change === 0) throw new OutboxTakenError(this.name, 'it has another history');
      const { parts } = snapshot;
      await reader.snapshot(
        (async function* () {
          yield* parts;
        })(),
      );
      position = snapshot.change;
    }
    for (const change of changes.filter(({ number }) => number > position)) await reader.change(change);
    return this.#position;
  }

  #hasAllAfter({ number, epoch }: LogPosition): boolean {
    const { changes } = this.#stored;
    const hasNext = number === this.last || changes.some((change) => change.number === number + 1);
    return hasNext && changes.find((change) => change.number === number)?.epoch === epoch;
  }

  get #position(): LogPosition {
    return { number: this.last, epoch: this.#stored.changes.at(-1)?.epoch };
  }

  async acquire(): Promise<Lease> {
    if (this.#clock.monotonic() < this.#stored.leaseUntil) throw new OutboxBusyError(this.name, 'another process');
    this.#epochs += 1;
    const { epoch: before, witness } = this.#stored;
    const isUnbroken = witness?.epoch === before && witness.restored === this.#restored;
    this.#stored.epoch = this.#epochs;
    if (isUnbroken) await this.confirm(this.#epochs, this.last);
    this.#extend();
    return { epoch: this.#stored.epoch, last: this.#position, isUnbroken, length: this.#length };
  }

  async look(): Promise<SeenLease> {
    const left = this.#stored.leaseUntil - this.#clock.monotonic();
    return { holder: left > 0 ? { host: 'memory', pid: 1, left } : undefined, change: this.last };
  }

  async confirm(epoch: number, change: number): Promise<void> {
    if (this.#stored.epoch === epoch && change === this.last)
      this.#stored.witness = { epoch, restored: this.#restored };
  }

  async renew(epoch: number): Promise<void> {
    this.#mustHold(epoch);
    this.#extend();
  }

  async release(epoch: number): Promise<void> {
    if (this.#stored.epoch === epoch) this.#stored.leaseUntil = -Infinity;
  }

  async append(epoch: number, change: OutboxChange): Promise<void> {
    this.#mustHold(epoch);
    if (change.number !== this.last + 1) throw new OutboxTakenError(this.name, 'its log has gone on');
    this.#stored.changes.push({ ...change, epoch });
    this.#extend();
  }

  async owner(): Promise<OutboxOwner | undefined> {
    return this.#stored.owner;
  }

  async claim(owner: OutboxOwner): Promise<OutboxOwner> {
    return (this.#stored.owner ??= owner);
  }

  async sizes(): Promise<{ changes: number; snapshot: number }> {
    const { changes, snapshot } = this.#stored;
    const sum = (parts: readonly Uint8Array[]): number => parts.reduce((total, { length }) => total + length, 0);
    return { changes: sum(changes.map(({ patch }) => patch)), snapshot: sum(snapshot.parts) };
  }

  async storeSnapshot(epoch: number, { change, content, dropsChanges }: Snapshot): Promise<void> {
    const parts: Uint8Array[] = [];
    for await (const part of content) parts.push(part);
    this.#mustHold(epoch);
    const upTo = dropsChanges ? change : this.#stored.snapshot.change;
    this.#stored.changes.splice(0, this.#stored.changes.filter(({ number }) => number <= upTo).length);
    Object.assign(this.#stored.snapshot, { change, parts });
  }

  async unreadFeeds(): Promise<UnreadFeeds> {
    return { waiting: 0, refused: [] };
  }

  async handedIn(): Promise<number> {
    return 0;
  }

  async close(): Promise<void> {
    // It lives as long as the object.
  }

  #mustHold(epoch: number): void {
    if (this.#stored.epoch !== epoch) throw new OutboxTakenError(this.name, 'another process works on it');
  }

  #extend(): void {
    this.#stored.leaseUntil = this.#clock.monotonic() + this.#length;
  }
}
