import { shortId } from '../../base/sameId.js';
import type { CreditRequest, LoyaltyClient } from '../../client/index.js';
import type { TransactionJournalInput } from '../../contract/endpoints/realtimeEndpoints.js';
import type { OutboxItem } from '../../outbox/index.js';
import { isRouteInput } from '../../transaction.js';
import { foundJournal } from '../judgeFound.js';
import type { FoundVerdict } from '../judgeFound.js';
import { isMoved, movedByLedger } from '../traces/movedByLedger.js';
import { withoutNumber } from '../traces/successWithoutNumber.js';
import { lookUpJournals } from './lookUpJournals.js';
import type { JournalLookUp } from './lookUpJournals.js';
import { otherRoute } from './otherRoute.js';
import { refusedItem } from './recordWriter.js';
import { neverRun } from './route.js';
import type { Draft, Drafts, FailedItem, Route, RouteAnswer, RouteRequest } from './route.js';

export interface CreditPointsContext extends JournalLookUp {
  readonly client: LoyaltyClient;
  readonly program: string;
  /** Name of the org's process. */
  readonly processName: string;
}

/**
 * Credits points that were computed elsewhere: each transaction runs a process of type CreditPointsToMembers, which
 * takes one at a time. The process inserts a journal with the key, in the same transaction of the org as the points, so
 * a lost answer is looked up like that of any journal, and the ledger says how many points it gave.
 */
export class CreditPointsRoute implements Route {
  readonly mostRun = 1;
  readonly #context: CreditPointsContext;

  constructor(context: CreditPointsContext) {
    this.#context = context;
  }

  draft(items: readonly OutboxItem[]): Drafts {
    const drafts: Draft[] = [];
    const failed: FailedItem[] = [];
    for (const item of items) {
      const credit = this.#creditOf(item);
      if ('failure' in credit) failed.push(credit);
      else drafts.push({ item, sent: inputsOf(credit) });
    }
    return { drafts, failed };
  }

  prepare(items: readonly OutboxItem[]): RouteRequest {
    return async () => {
      const answers: RouteAnswer[] = [];
      for (const item of items) answers.push(await this.#credit(item));
      return {
        outcomes: answers.flatMap(({ outcomes }) => outcomes),
        failed: answers.flatMap(({ failed = [] }) => failed),
      };
    };
  }

  async #credit(item: OutboxItem): Promise<RouteAnswer> {
    const { client, program, processName } = this.#context;
    const credit = this.#creditOf(item);
    if ('failure' in credit) return { outcomes: [], failed: [credit] };
    const { pointsCredited } = await client.points.credit(program, { processName, ...credit });
    // It is also what a process without an active rule answers: then the org has no journal.
    if (pointsCredited === null) throw withoutNumber(String(credit.journal['ExternalTransactionNumber']));
    return { outcomes: [{ item, to: 'done', journalId: undefined, found: false, effect: pointsCredited > 0 }] };
  }

  #creditOf(item: OutboxItem): Credit | FailedItem {
    const misfit = otherRoute(item, 'credit-points');
    if (misfit) return refusedItem(item, misfit);
    const points = pointsOf(item);
    if (points === undefined || points <= 0) {
      const given = item.journal['PointsToCredit'];
      const rule = 'The process credits a number of points above 0';
      const message = given === undefined ? `${rule}: map PointsToCredit.` : `${rule}, not ${String(given)}.`;
      return refusedItem(item, { code: 'NO_POINTS', message });
    }
    const fields = withoutInputs(this.#context.journals.toJournal(item));
    const journal = { ...fields, Status: 'Processed' } as TransactionJournalInput;
    const currencyName = item.journal['ProgramCurrencyName'];
    return { points, journal, ...(currencyName !== undefined && { currencyName: String(currencyName) }) };
  }

  /** The process leaves no Pending journal: one with this key comes from another route or sender. */
  run = neverRun;

  async lookUp(items: readonly OutboxItem[]): Promise<ReadonlyMap<OutboxItem, FoundVerdict>> {
    const verdicts = await lookUpJournals(this.#context, items);
    const done = [...verdicts.values()].flatMap((verdict) => doneJournal(verdict) ?? []);
    const moved = await movedByLedger(this.#context.client, done);
    return new Map(
      [...verdicts].map(([item, verdict]) => {
        const journalId = doneJournal(verdict);
        const credited = journalId === undefined ? undefined : moved.get(shortId(journalId));
        if (journalId === undefined || !credited || isMoved(credited, pointsOf(item) ?? 0))
          return [item, notRun(item, verdict)];
        return [item, otherPoints(item, credited.sums, verdict)];
      }),
    );
  }
}

type Credit = Omit<CreditRequest, 'processName'>;

/** The inputs of the process. */
function inputsOf({ points, currencyName, journal }: Credit): Draft['sent'] {
  return {
    PointsToCredit: points,
    ...(currencyName !== undefined && { ProgramCurrencyName: currencyName }),
    TransactionJournal: journal,
  };
}

function pointsOf({ journal }: OutboxItem): number | undefined {
  const points = Number(journal['PointsToCredit'] ?? Number.NaN);
  return Number.isFinite(points) ? points : undefined;
}

function withoutInputs(journal: TransactionJournalInput): Record<string, unknown> {
  return Object.fromEntries(Object.entries(journal).filter(([name]) => !isRouteInput(name)));
}

function doneJournal(verdict: FoundVerdict): string | undefined {
  return verdict.is === 'settled' && verdict.outcome.to === 'done' ? verdict.outcome.journalId : undefined;
}

function notRun(item: OutboxItem, verdict: FoundVerdict): FoundVerdict {
  if (!('journal' in verdict)) return verdict;
  const { Id: journalId, Status } = verdict.journal;
  const message =
    `The org has the journal ${journalId} of ${item.key} as ${Status ?? 'null'}, which no process that credits points ` +
    'leaves: it was sent by another route. Run it there, or delete it and run "sync retry" with --key and this key.';
  return {
    is: 'settled',
    outcome: { item, to: 'parked', code: 'NOT_CREDITED', journalId, journals: foundJournal(verdict.journal), message },
  };
}

function otherPoints(item: OutboxItem, points: readonly number[], verdict: FoundVerdict): FoundVerdict {
  if (verdict.is !== 'settled' || verdict.outcome.to !== 'done') return verdict;
  // The journal counts as known, whoever has sent it: otherwise it would look like that of another sender.
  const { journalId, journals } = verdict.outcome;
  const message =
    `The org's journal ${String(journalId)} of ${item.key} has moved ${points.join(' and ')} points, not ` +
    `${String(item.journal['PointsToCredit'])}. If it is another credit, its key has to differ.`;
  return {
    is: 'settled',
    outcome: { item, to: 'conflictInOrg', code: 'CONFLICT_IN_ORG', journalId, journals, message },
  };
}
