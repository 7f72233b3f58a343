import { collectionLimits } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import { maxJournalsPerRequest } from '../../contract/endpoints/realtimeEndpoints.js';
import type { DescribeResult } from '../../contract/query.js';
import { journalTarget } from '../../feed/index.js';
import type { JournalTarget, MemberFields } from '../../feed/index.js';
import type { RouteInput } from '../../transaction.js';
import type { Increments } from '../../outbox/index.js';
import type { MemberIds } from '../memberIds.js';
import type { OrgJournals } from '../orgJournals.js';
import { CreditPointsRoute } from './creditPointsRoute.js';
import { defaultProcess } from './creditPointsSetup.js';
import { mostIncrements, ProgressRoute } from './progressRoute.js';
import { RealtimeRoute } from './realtimeRoute.js';
import type { RecordWriter } from './recordWriter.js';
import { RecordsRoute } from './recordsRoute.js';
import type { Route } from './route.js';

/**
 * `realtime`: one request inserts journals and runs them. `records`: journals are inserted as records, and then run by an
 * action. `bulk`: many are inserted by an ingest job, and then run by a batch job. `credit-points`: a process of type
 * CreditPointsToMembers for each transaction. `progress`: the action that advances a cumulative promotion.
 */
export const routeNames = ['realtime', 'records', 'bulk', 'credit-points', 'progress'] as const;
export type RouteName = (typeof routeNames)[number];

/** Most rows of an ingest job. */
export const mostInJob = 100_000;

/** Most transactions in a request, or a job. */
export const mostInRequest: Readonly<Record<RouteName, number>> = {
  realtime: maxJournalsPerRequest,
  records: collectionLimits.records,
  bulk: mostInJob,
  'credit-points': 1,
  progress: mostIncrements,
};

/** What a route takes in place of fields of the journal. The first one is required. */
const inputsOfRoute: Readonly<Record<RouteName, readonly RouteInput[]>> = {
  realtime: [],
  records: [],
  bulk: [],
  'credit-points': ['PointsToCredit', 'ProgramCurrencyName'],
  progress: ['UsageIncrementForCumulativePromotion'],
};

/** What a journal may have on this route. */
export function targetOfRoute(describe: DescribeResult, route: RouteName, members?: MemberFields): JournalTarget {
  const target = journalTarget(describe, { isRecord: storesRecords(route), inputs: inputsOfRoute[route], members });
  const routeOf = (name: string): RouteName | undefined =>
    routeNames.find((each) => inputsOfRoute[each].some((input) => input.toLowerCase() === name.toLowerCase()));
  const [name] = inputsOfRoute[route];
  return { ...target, routeOf, required: name && { name, route } };
}

/** Whether a route stores journals as records, which have Ids where a real-time request may have names. */
export function storesRecords(route: RouteName): boolean {
  return route === 'records' || route === 'bulk';
}

export interface RouteContext {
  readonly route?: RouteName | undefined;
  readonly client: LoyaltyClient;
  readonly journals: OrgJournals;
  readonly writer: RecordWriter;
  readonly memberIds: MemberIds;
  readonly increments: Increments;
  /** Is called right before a request leaves, by a route that has stored something meanwhile. */
  readonly mustBeOurs: () => void;
  readonly program: string;
  /** Name of the process that credits points. */
  readonly process?: string | undefined;
  readonly runPending?: boolean | undefined;
}

/** What a batch job has not run is run as records are. */
export function chooseRoute({ route = 'realtime', ...context }: RouteContext): Route {
  const { client, journals, writer, program, memberIds, increments, mustBeOurs, runPending = false } = context;
  const lookUp = { journals, runPending };
  switch (route) {
    case 'realtime':
      return new RealtimeRoute(lookUp);
    case 'records':
    case 'bulk':
      return new RecordsRoute({ ...lookUp, client, writer, isBulk: route === 'bulk' });
    case 'credit-points':
      return new CreditPointsRoute({ ...lookUp, client, program, processName: context.process ?? defaultProcess });
    case 'progress':
      return new ProgressRoute({ client, program, memberIds, increments, mustBeOurs });
  }
}
