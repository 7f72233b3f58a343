import type { QueryOf } from '../contract/endpoint.js';
import { transactionEndpoints, transactionsPerPage } from '../contract/endpoints/transactionEndpoints.js';
import type { HistoryRequest, HistoryRow } from '../contract/endpoints/transactionEndpoints.js';
import type { CallEndpoint } from './call.js';
import { everyPage } from './everyPage.js';
import { requireStatus } from './failures/requireStatus.js';
import { historyPages } from './historyPages.js';
import type { HistoryPage } from './historyPages.js';
import { ledgerJournals } from './ledgerJournal.js';
import type { LedgerJournal } from './ledgerJournal.js';

/** Names of types are exact. Pages count from 1 and hold 200 journals. */
export type LedgerFilter = QueryOf<typeof transactionEndpoints.ledgerSummary>;

/** `client.transactions`: what a member has done, and the points of it. */
export class MemberTransactionsResource {
  readonly #call: CallEndpoint;

  constructor(call: CallEndpoint) {
    this.#call = call;
  }

  /**
   * `GET /loyalty/programs/{program}/members/{membershipNumber}/transaction-ledger-summary`: one page of the member's
   * journals, each with the points that it moved.
   *
   * @throws {LoyaltyProcessError} for HTTP 200 with `status: false`
   */
  async ledgerSummary(program: string, membershipNumber: string, filter: LedgerFilter = {}): Promise<LedgerJournal[]> {
    const endpoint = transactionEndpoints.ledgerSummary;
    const answer = await this.#call(endpoint, { params: { program, membershipNumber }, query: filter });
    requireStatus(answer, endpoint);
    return ledgerJournals(answer);
  }

  /** Reads all pages of `ledgerSummary`. @throws {LostAnswerError} also if the pages do not end */
  async allLedgerSummaries(
    program: string,
    membershipNumber: string,
    filter: Omit<LedgerFilter, 'pageNumber'> = {},
  ): Promise<LedgerJournal[]> {
    return everyPage({
      what: 'The journals',
      size: transactionsPerPage,
      idOf: ({ id }) => id,
      page: (pageNumber) => this.ledgerSummary(program, membershipNumber, { ...filter, pageNumber }),
    });
  }

  /**
   * `POST /connect/loyalty/programs/{program}/transaction-history`, which only reads: one page of 200 journals of a type,
   * each with its fields by API name. Texts without a value are empty, numbers 0.
   *
   * @throws {LoyaltyProcessError} for HTTP 200 with `status: false`
   */
  async history(program: string, request: HistoryRequest, pageNumber?: number): Promise<HistoryPage> {
    const endpoint = transactionEndpoints.history;
    const query = pageNumber === undefined ? {} : { page: pageNumber };
    const answer = await this.#call(endpoint, { params: { program }, query, body: request, isRead: true });
    requireStatus(answer, endpoint);
    return { totalCount: answer.totalCount ?? null, journals: answer.transactionJournals ?? [] };
  }

  /** Reads all pages of `history`. @throws {LostAnswerError} also if the pages do not end */
  async allHistory(program: string, request: HistoryRequest): Promise<HistoryRow[]> {
    return historyPages((pageNumber) => this.history(program, request, pageNumber));
  }
}
