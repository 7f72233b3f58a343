import { hostname } from 'node:os';
import { Messages } from '@salesforce/core';
import { systemClock } from '../../base/clock.js';
import { countText } from '../terminal/terminalText.js';
import type { MeasuredDelivery, OutboxDatabaseError, SeenLease, SharedOutbox } from '../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.worker');

/** `reading`: a standby that has no copy of the outbox yet. `away`: the database does not answer. */
export type WorkerState = 'reading' | 'standby' | 'takingOver' | 'active' | 'draining' | 'away';

/** What a worker is at present. It says so when that changes, and to those who ask. */
export class WorkerStatus {
  readonly #say: (line: string) => void;
  /** How long a lease lasts, in milliseconds. What was seen longer ago says nothing. */
  readonly #length: number;
  #state: WorkerState = 'reading';
  #seen: SeenLease | undefined;
  #seenAt = systemClock.monotonic();
  #outbox: SharedOutbox | undefined;
  #said = '';
  #cannotSend = '';
  #timesActive = 0;
  #timesReplaced = 0;

  constructor(say: (line: string) => void, length: number) {
    this.#say = say;
    this.#length = length;
  }

  /** As a standby, which has its copy of the outbox. */
  see(seen: SeenLease): void {
    this.#seen = seen;
    this.#seenAt = systemClock.monotonic();
    this.#state = seen.holder ? 'standby' : 'takingOver';
    if (seen.holder) this.#sayOnce('info.standby', [`${seen.holder.pid}`, seen.holder.host]);
  }

  /** It is this worker's turn, unless another one is faster. */
  takeOver(): void {
    this.#state = 'takingOver';
  }

  seeNothing(error: OutboxDatabaseError): void {
    this.#state = 'away';
    this.#sayOnce('info.away', [error.message]);
  }

  /** As a standby, which only waits for its turn then. */
  cannotSend(error: Error): void {
    if (this.#cannotSend === error.message) return;
    this.#cannotSend = error.message;
    this.#say(messages.getMessage('warning.cannotSend', [error.message]));
  }

  begin(outbox: SharedOutbox): void {
    this.#outbox = outbox;
    this.#state = 'active';
    this.#timesActive += 1;
    this.#sayOnce('info.active', [`${process.pid}`, hostname()]);
  }

  drain(): void {
    this.#state = 'draining';
    this.#sayOnce('info.drains', []);
  }

  /** Somebody else delivers, or the database is away. @param error why, if this process delivered */
  giveUp(error: Error): void {
    const wasActive = this.#outbox !== undefined;
    this.#outbox = undefined;
    this.#state = wasActive ? 'reading' : 'standby';
    // Only somebody who has the lease could be faster.
    this.#seenAt = systemClock.monotonic();
    if (!wasActive) return;
    this.#timesReplaced += 1;
    this.#sayOnce('info.replaced', [error.message]);
  }

  /** It ends, and does not deliver. @param sent requests that it has sent for others */
  endAsStandby(sent: number): void {
    this.#sayOnce(this.#timesActive > 0 ? 'info.endsReplaced' : 'info.endsAsStandby', [countText(sent)]);
  }

  get counts(): { timesActive: number; timesReplaced: number } {
    return { timesActive: this.#timesActive, timesReplaced: this.#timesReplaced };
  }

  /** Whether this process delivers, or could if the one that does dies. */
  ready(): { isReady: boolean; body: { status: WorkerState; holder: { host: string; pid: number } | null } } {
    const status = this.#present;
    const { host, pid } = this.#seen?.holder ?? {};
    const other = host === undefined || pid === undefined ? null : { host, pid };
    const holder = this.#outbox ? { host: hostname(), pid: process.pid } : other;
    return { isReady: status === 'active' || status === 'standby', body: { status, holder } };
  }

  get isActive(): boolean {
    return this.#present === 'active' || this.#present === 'draining';
  }

  /** Milliseconds that the lease of this process lasts if it cannot be renewed. */
  get leaseLeft(): number {
    return Math.max(0, this.#outbox?.lease?.left ?? 0);
  }

  /** What is open, as far as this process can tell: only the one that delivers has the outbox as it is. */
  readonly delivery: MeasuredDelivery = {
    open: async () => this.#outbox?.delivery.open(),
    oldestOpen: async () => this.#outbox?.delivery.oldestOpen(),
  };

  /** The state, unless what it rests on is too old. */
  get #present(): WorkerState {
    if (this.#state === 'active' && this.leaseLeft === 0) return 'away';
    const isOld = systemClock.monotonic() - this.#seenAt > this.#length;
    return this.#state === 'standby' && isOld ? 'away' : this.#state;
  }

  #sayOnce(key: string, values: string[]): void {
    const line = messages.getMessage(key, values);
    if (line !== this.#said) this.#say(line);
    this.#said = line;
  }
}
