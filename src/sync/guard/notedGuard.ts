import type { RunNote } from '../../outbox/index.js';
import type { Departure, Finding, GuardStart, SourceGuard } from './sourceGuard.js';

/** Another guard, of which the report says why it was chosen. */
export class NotedGuard implements SourceGuard {
  readonly #guard: SourceGuard;
  readonly #note: RunNote;

  public constructor(guard: SourceGuard, note: RunNote) {
    this.#guard = guard;
    this.#note = note;
  }

  public async begin(): Promise<GuardStart> {
    const start = await this.#guard.begin();
    return { ...start, notes: [this.#note, ...start.notes] };
  }

  public mayLeave(inFlight: number): Promise<Departure> {
    return this.#guard.mayLeave(inFlight);
  }

  public end(): Promise<Finding | undefined> {
    return this.#guard.end();
  }
}
