import { collectionLimits } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import { maxJournalsPerRequest } from '../../contract/endpoints/realtimeEndpoints.js';
import type { OrgJournals } from '../orgJournals.js';
import { RealtimeRoute } from './realtimeRoute.js';
import type { RecordWriter } from './recordWriter.js';
import { RecordsRoute } from './recordsRoute.js';
import type { Route } from './route.js';

/**
 * `realtime`: one request inserts journals and runs them. `records`: journals are inserted as records, and then run by an
 * action. `bulk`: many are inserted by an ingest job, and then run by a batch job.
 */
export const routeNames = ['realtime', 'records', 'bulk'] as const;
export type RouteName = (typeof routeNames)[number];

/** Most rows of an ingest job. */
export const mostInJob = 100_000;

/** Most transactions in a request, or a job. */
export const mostInRequest: Readonly<Record<RouteName, number>> = {
  realtime: maxJournalsPerRequest,
  records: collectionLimits.records,
  bulk: mostInJob,
};

/** Whether a route stores journals as records, which have Ids where a real-time request may have names. */
export function storesRecords(route: RouteName): boolean {
  return route !== 'realtime';
}

export interface RouteContext {
  readonly route?: RouteName | undefined;
  readonly client: LoyaltyClient;
  readonly journals: OrgJournals;
  readonly writer: RecordWriter;
  readonly runPending?: boolean | undefined;
}

/** What a batch job has not run is run as records are. */
export function chooseRoute({ route = 'realtime', client, journals, writer, runPending = false }: RouteContext): Route {
  const lookUp = { journals, runPending };
  return route === 'realtime' ? new RealtimeRoute(lookUp) : new RecordsRoute(client, writer, lookUp);
}
