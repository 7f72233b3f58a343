import { collectionLimits } from '../../client/index.js';
import { maxJournalsPerRequest } from '../../contract/endpoints/realtimeEndpoints.js';
import { RealtimeRoute } from './realtimeRoute.js';
import { RecordWriter } from './recordWriter.js';
import type { RecordContext } from './recordWriter.js';
import { RecordsRoute } from './recordsRoute.js';
import type { Route } from './route.js';

/**
 * `realtime`: one request inserts journals and runs them. `records`: journals are inserted as records, and then run by an
 * action.
 */
export const routeNames = ['realtime', 'records'] as const;
export type RouteName = (typeof routeNames)[number];

/** Most transactions in a request. */
export const mostInRequest: Readonly<Record<RouteName, number>> = {
  realtime: maxJournalsPerRequest,
  records: collectionLimits.records,
};

/** Whether a route stores journals as records, which have Ids where a real-time request may have names. */
export function storesRecords(route: RouteName): boolean {
  return route !== 'realtime';
}

export interface RouteContext extends RecordContext {
  readonly runPending: boolean;
}

export function chooseRoute(name: RouteName, context: RouteContext): Route {
  const lookUp = { journals: context.journals, runPending: context.runPending };
  return name === 'realtime'
    ? new RealtimeRoute(lookUp)
    : new RecordsRoute(context.client, new RecordWriter(context), lookUp);
}
