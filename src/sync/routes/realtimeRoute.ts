import { maxJournalsPerRequest } from '../../contract/endpoints/realtimeEndpoints.js';
import type { OutboxItem } from '../../outbox/index.js';
import { outcomesOfAnswer } from '../judgeAnswer.js';
import type { FoundVerdict } from '../judgeFound.js';
import { lookUpJournals } from './lookUpJournals.js';
import type { JournalLookUp } from './lookUpJournals.js';
import { otherRoute } from './otherRoute.js';
import { refusedItem } from './recordWriter.js';
import type { Drafts, Unrun, Route, RouteAnswer, RouteRequest } from './route.js';

/** The default: one request inserts journals and runs them. */
export class RealtimeRoute implements Route {
  readonly mostRun = maxJournalsPerRequest;
  readonly #lookUp: JournalLookUp;

  constructor(lookUp: JournalLookUp) {
    this.#lookUp = lookUp;
  }

  draft(items: readonly OutboxItem[]): Drafts {
    const { own, failed } = sorted(items);
    return { drafts: own.map((item) => ({ item, sent: { ...this.#lookUp.journals.toJournal(item) } })), failed };
  }

  prepare(items: readonly OutboxItem[]): RouteRequest {
    const { journals } = this.#lookUp;
    return async () => {
      const { own, failed } = sorted(items);
      if (own.length === 0) return { outcomes: [], failed };
      const answer = await journals.execute(own);
      return { outcomes: outcomesOfAnswer(answer, own, (id) => journals.isJournalId(id)), failed };
    };
  }

  async run(unrun: readonly Unrun[]): Promise<RouteAnswer> {
    await this.#lookUp.journals.executeExisting(unrun.map(({ journal }) => journal.Id));
    return {
      outcomes: unrun.map(({ item, journal }) => ({ item, to: 'done', journalId: journal.Id, found: false })),
    };
  }

  lookUp(items: readonly OutboxItem[]): Promise<ReadonlyMap<OutboxItem, FoundVerdict>> {
    return lookUpJournals(this.#lookUp, items);
  }
}

/** Separates items that another route sends. */
function sorted(items: readonly OutboxItem[]): Pick<Drafts, 'failed'> & { readonly own: readonly OutboxItem[] } {
  const failed = items.flatMap((item) => {
    const misfit = otherRoute(item, 'journals');
    return misfit ? [refusedItem(item, misfit)] : [];
  });
  const misfitting = new Set(failed.map(({ item }) => item));
  return { own: failed.length === 0 ? items : items.filter((item) => !misfitting.has(item)), failed };
}
