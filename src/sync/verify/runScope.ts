import type { LoyaltyClient } from '../../client/index.js';
import type { Outbox } from '../../outbox/index.js';
import { ownJournals } from '../judgeFound.js';
import type { OrgFacts } from '../preflight.js';
import type { ComparedNumber } from './comparedSides.js';
import { isOfProgram } from './fillComparison.js';

interface ScopeParts {
  readonly client: LoyaltyClient;
  readonly outbox: Outbox;
  readonly facts: OrgFacts;
  /** Called for each journal that is read. */
  readonly onJournal: () => void;
}

/**
 * Limits a comparison to what one run had. Its journals are looked up by their numbers, 2,000 or so in one call, because
 * the org may have many more under the same source.
 */
export class RunScope {
  readonly #parts: ScopeParts;

  constructor(parts: ScopeParts) {
    this.#parts = parts;
  }

  /** Returns those that belong to the comparison, with their journals. */
  async within(all: readonly ComparedNumber[]): Promise<readonly ComparedNumber[]> {
    const own: ComparedNumber[] = [];
    for (const compared of all) if (!(await this.#isOfAnother(compared))) own.push(compared);
    const { client, facts } = this.#parts;
    const numbers = own.map(({ number }) => number);
    const rows = await client.journals.findByExternalNumbers(numbers, facts.content.paths);
    const journals = Map.groupBy(
      rows.filter((row) => isOfProgram(row, facts)),
      ({ ExternalTransactionNumber }) => ExternalTransactionNumber,
    );
    return own.map((compared) => {
      const found = ownJournals(journals.get(compared.number) ?? []);
      found.forEach(() => this.#parts.onJournal());
      return { ...compared, journals: found };
    });
  }

  /** Whether a row of a feed is known from another run. If all of its rows have been overruled, it is. */
  async #isOfAnother({ known, fed }: ComparedNumber): Promise<boolean> {
    if (known) return false;
    const [first] = fed;
    if (!first) return true;
    const { outbox } = this.#parts;
    return outbox.isErased(first.key) || (await outbox.find(first.key)) !== undefined;
  }
}
