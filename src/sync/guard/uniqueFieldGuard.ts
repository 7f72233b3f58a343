import type { RunNote } from '../../outbox/index.js';
import { QueryGuard } from './queryGuard.js';
import type { Departure, GuardContext, GuardFinding, GuardStart, ProbedField, SourceGuard } from './sourceGuard.js';

const promise = 'Level 2: the org refuses a second journal of a key.';

function assumption(probed: ProbedField | undefined): string {
  if (probed) return `${promise} Its real-time engine was probed on ${probed.at.slice(0, 10)}: honored.`;
  return `${promise} It is assumed that its real-time engine honors the unique field; "sync probe" finds out.`;
}

/**
 * Level 2. The org refuses copies, so nobody has to wait. The org's journals are still counted: an older outbox saves
 * calls by looking keys up first.
 */
export class UniqueFieldGuard implements SourceGuard {
  readonly #queries: QueryGuard;

  readonly level: RunNote;

  constructor(context: GuardContext, probed?: ProbedField) {
    this.level = { code: 'level-2', message: assumption(probed) };
    this.#queries = new QueryGuard(context, this.level);
  }

  get looksUpFirst(): boolean {
    return this.#queries.looksUpFirst;
  }

  async begin(): Promise<GuardStart> {
    const { notes, doubled } = await this.#queries.begin();
    return { absentCountsFrom: 0, notes, doubled };
  }

  async mayLeave(): Promise<Departure> {
    return 'go';
  }

  /** This process leaves no record in the org. */
  async leave(): Promise<void> {}

  /** Others may send the source, too. Only a key that the org has twice shows that it does not honor the field. */
  async end(): Promise<GuardFinding | undefined> {
    const found = await this.#queries.end();
    return found && found.doubled.length > 0 ? found : undefined;
  }
}
