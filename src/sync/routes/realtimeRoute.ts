import { maxJournalsPerRequest } from '../../contract/endpoints/realtimeEndpoints.js';
import type { OutboxItem } from '../../outbox/index.js';
import { outcomesOfAnswer } from '../judgeAnswer.js';
import type { FoundVerdict } from '../judgeFound.js';
import { lookUpJournals } from './lookUpJournals.js';
import type { JournalLookUp } from './lookUpJournals.js';
import type { Held, Route, RouteAnswer, RouteRequest } from './route.js';

/** The default: one request inserts journals and runs them. */
export class RealtimeRoute implements Route {
  readonly mostHeld = maxJournalsPerRequest;
  readonly #lookUp: JournalLookUp;

  constructor(lookUp: JournalLookUp) {
    this.#lookUp = lookUp;
  }

  prepare(items: readonly OutboxItem[]): RouteRequest {
    const { journals } = this.#lookUp;
    return async () => {
      const answer = await journals.execute(items);
      return { outcomes: outcomesOfAnswer(answer, items, (id) => journals.isJournalId(id)) };
    };
  }

  async run(held: readonly Held[]): Promise<RouteAnswer> {
    await this.#lookUp.journals.executeExisting(held.map(({ journal }) => journal.Id));
    return {
      outcomes: held.map(({ item, journal }) => ({ item, to: 'done', journalId: journal.Id, found: false })),
    };
  }

  lookUp(items: readonly OutboxItem[]): Promise<ReadonlyMap<OutboxItem, FoundVerdict>> {
    return lookUpJournals(this.#lookUp, items);
  }
}
