import { QueryGuard } from './queryGuard.js';
import type { Departure, GuardContext, GuardEnd, GuardStart, SourceGuard } from './sourceGuard.js';

const assumption =
  'Level 2: the org refuses a second journal of a key. It is assumed that its real-time engine honors the unique ' +
  'field; "sf loyalty sync probe" finds out.';

/** Level 2. Copies are refused by the org, so that nobody has to wait; an old outbox is told from a new one to save calls. */
export class UniqueFieldGuard implements SourceGuard {
  readonly #queries: QueryGuard;

  public constructor(context: GuardContext) {
    this.#queries = new QueryGuard(context);
  }

  public async begin(): Promise<GuardStart> {
    const { lookUpFirst, notes } = await this.#queries.begin();
    const others = notes.filter(({ code }) => code !== 'level-0');
    return { lookUpFirst, absentCountsFrom: 0, notes: [{ code: 'level-2', message: assumption }, ...others] };
  }

  public async mayLeave(): Promise<Departure> {
    return 'go';
  }

  public end(): Promise<GuardEnd> {
    return this.#queries.end();
  }
}
