import { QueryGuard } from './queryGuard.js';
import type { Departure, GuardContext, Finding, GuardStart, SourceGuard } from './sourceGuard.js';

const assumption =
  'Level 2: the org refuses a second journal of a key. It is assumed that its real-time engine honors the unique ' +
  'field, which no run can prove.';

/**
 * Level 2. The org refuses copies, so that nobody has to wait. It is still counted what the org has: an older outbox
 * saves calls by looking keys up first.
 */
export class UniqueFieldGuard implements SourceGuard {
  readonly #queries: QueryGuard;

  public constructor(context: GuardContext) {
    this.#queries = new QueryGuard(context);
  }

  public async begin(): Promise<GuardStart> {
    const { lookUpFirst, notes, doubled } = await this.#queries.begin();
    const others = notes.filter(({ code }) => code !== 'level-0');
    return { lookUpFirst, absentCountsFrom: 0, notes: [{ code: 'level-2', message: assumption }, ...others], doubled };
  }

  public async mayLeave(): Promise<Departure> {
    return 'go';
  }

  /** Others may send the source, too. Only a key that the org has twice shows that it does not honor the field. */
  public async end(): Promise<Finding | undefined> {
    const found = await this.#queries.end();
    return found && found.doubled.length > 0 ? found : undefined;
  }
}
