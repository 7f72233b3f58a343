import type { RunNote } from '../../outbox/index.js';
import type { Departure, GuardFinding, GuardStart, LeavingRequest, SourceGuard } from './sourceGuard.js';

/** Adds a note to another guard: why it was chosen. */
export class NotedGuard implements SourceGuard {
  readonly #guard: SourceGuard;
  readonly #note: RunNote;

  constructor(guard: SourceGuard, note: RunNote) {
    this.#guard = guard;
    this.#note = note;
  }

  get level(): RunNote {
    return this.#guard.level;
  }

  get looksUpFirst(): boolean {
    return this.#guard.looksUpFirst;
  }

  async begin(): Promise<GuardStart> {
    const start = await this.#guard.begin();
    return { ...start, notes: [this.#note, ...start.notes] };
  }

  mayLeave(leaving: LeavingRequest): Promise<Departure> {
    return this.#guard.mayLeave(leaving);
  }

  end(): Promise<GuardFinding | undefined> {
    return this.#guard.end();
  }

  leave(): Promise<void> {
    return this.#guard.leave();
  }
}
