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

/** Allocations of a full sandbox that nothing here uses: no mail is sent, no Apex runs, and storage is the disk's. */
const allocations = {
  ActiveScratchOrgs: 40,
  DailyAsyncApexExecutions: 250_000,
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

interface Limit {
  readonly Max: number;
  readonly Remaining: number;
}

function limits({ usage, bulkUsage }: Org): Record<string, Limit> {
  const untouched = Object.entries(allocations).map(([name, max]) => [name, limit({ max, used: 0 })] as const);
  return {
    DailyApiRequests: limit(usage),
    DailyBulkApiBatches: limit(bulkUsage.batches),
    DailyBulkV2QueryFileStorageMB: limit(bulkUsage.queryMegabytes),
    DailyBulkV2QueryJobs: limit(bulkUsage.queryJobs),
    ...Object.fromEntries(untouched),
  };
}

function limit({ max, used }: { readonly max: number; readonly used: number }): Limit {
  return { Max: max, Remaining: Math.max(0, max - used) };
}

/**
 * Of the named objects, or of all that have rows. Names that are none are left out, as by the platform. The CLI asks for
 * all with a list of no names.
 */
function recordCounts({ store }: Org, list: string | null): { count: number; name: string }[] {
  const names = (list ?? '').split(',').filter((name) => name.trim() !== '');
  const isForAll = names.length === 0;
  const asked = isForAll ? store.model.types : names.map((name) => store.model.type(name.trim()));
  return asked
    .filter((type) => type !== undefined)
    .map(({ name }) => ({ count: store.count(name), name }))
    .filter(({ count }) => !isForAll || count > 0);
}
