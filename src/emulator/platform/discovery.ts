import { type Endpoint, ok, type OrgRequest } from '../http/endpoint.js';
import type { Org } from '../org.js';

/** Clients take the greatest by comparing text: never list a version of one or three digits. */
const versions = [
  { label: "Spring '26", version: '66.0' },
  { label: "Summer '26", version: '67.0' },
  { label: "Winter '27", version: '68.0' },
];

const resources = ['composite', 'connect', 'limits', 'query', 'queryAll', 'sobjects'];

/** What there is: the versions, the resources of one, and how much of the org's limits is used. */
export function discoveryEndpoints(org: Org): Endpoint[] {
  return [
    {
      method: 'GET',
      path: '/services/data',
      handle: () => ok(versions.map((each) => ({ ...each, url: `/services/data/v${each.version}` }))),
    },
    { method: 'GET', path: '/services/data/:version', handle: (request) => ok(resourceMap(request, org)) },
    { method: 'GET', path: '/services/data/:version/limits', handle: () => ok(limits(org)) },
    {
      method: 'GET',
      path: '/services/data/:version/limits/recordCount',
      handle: ({ query }) => ok({ sObjects: recordCounts(org, query.get('sObjects')) }),
    },
  ];
}

function resourceMap({ path, origin, session }: OrgRequest, { sessions }: Org): Record<string, string> {
  const base = path.replace(/\/$/, '');
  return {
    ...Object.fromEntries(resources.map((name) => [name, `${base}/${name}`])),
    identity: `${origin}/id/${sessions.organizationId}/${session.userId}`,
  };
}

/** Allocations of a full sandbox. Only the API calls are counted: nothing here sends a mail or runs Apex. */
const allocations = {
  ActiveScratchOrgs: 40,
  DailyAsyncApexExecutions: 250_000,
  DailyBulkApiBatches: 15_000,
  DailyBulkV2QueryFileStorageMB: 976_562,
  DailyBulkV2QueryJobs: 10_000,
  DailyDeliveredPlatformEvents: 25_000,
  DailyScratchOrgs: 80,
  DailyStandardVolumePlatformEvents: 25_000,
  DailyWorkflowEmails: 1_000,
  DataStorageMB: 10_240,
  FileStorageMB: 10_240,
  HourlyPublishedPlatformEvents: 250_000,
  HourlyTimeBasedWorkflow: 1_000,
  MassEmail: 5_000,
  MonthlyPlatformEventsUsageEntitlement: 750_000,
  Package2VersionCreates: 6,
  PermissionSets: 1_500,
  SingleEmail: 5_000,
};

function limits({ usage }: Org): Record<string, { Max: number; Remaining: number }> {
  const untouched = Object.entries(allocations).map(([name, max]) => [name, { Max: max, Remaining: max }] as const);
  const calls = { Max: usage.max, Remaining: Math.max(0, usage.max - usage.used) };
  return Object.fromEntries([['DailyApiRequests', calls], ...untouched]);
}

/** Of the named objects, or of all that have rows. Names that are none are left out, as by the platform. */
function recordCounts({ store }: Org, names: string | null): { count: number; name: string }[] {
  const asked = names?.split(',').map((name) => store.model.type(name.trim())) ?? store.model.types;
  return asked
    .filter((type) => type !== undefined)
    .map(({ name }) => ({ count: store.count(name), name }))
    .filter(({ count }) => names !== null || count > 0);
}
