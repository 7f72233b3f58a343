import type { OrgJournals } from '../orgJournals.js';
import { MemberIds } from '../memberIds.js';
import type { OrgFacts } from '../preflight.js';
import { PresentMembers } from '../presentMembers.js';
import { defaults } from '../syncOptions.js';
import type { SyncOptions } from '../syncOptions.js';
import { chooseRoute, storesRecords } from './chooseRoute.js';
import { RecordWriter } from './recordWriter.js';
import type { Route } from './route.js';

/** The route of a run, and what it writes records with. */
export interface RouteParts {
  readonly route: Route;
  readonly writer: RecordWriter;
  /** Of the members whose Ids are sent. */
  readonly memberIds?: MemberIds;
}

export function routeParts(options: SyncOptions, facts: OrgFacts, journals: OrgJournals): RouteParts {
  const { client, route = defaults.route } = options;
  const memberIds = new MemberIds(new PresentMembers(client, facts.program));
  const writer = new RecordWriter({ ...facts, client, journals, memberIds });
  const { program } = facts;
  const { increments, delivery } = options.outbox;
  const mustBeOurs = (): void => {
    delivery.mustBeOurs();
  };
  const context = { ...options, program, journals, writer, memberIds, increments, mustBeOurs };
  const parts = { route: chooseRoute(context), writer };
  return storesRecords(route) || route === 'progress' ? { ...parts, memberIds } : parts;
}
