import { ok } from '../http/orgEndpoint.js';
import type { Endpoint } from '../http/orgEndpoint.js';
import { newestVersion, oldestVersion, releaseName } from '../http/servedVersions.js';
import type { Org } from '../org.js';

/** Clients compare versions as text to find the newest, so all versions must have two digits. */
const versions = Array.from({ length: newestVersion - oldestVersion + 1 }, (_, index) => oldestVersion + index);

/** The API versions, the usage of the org's limits, and record counts. */
export function discoveryEndpoints(org: Org): Endpoint[] {
  return [
    {
      method: 'GET',
      path: '/services/data',
      handle: () => ok(versions.map(describeVersion)),
    },
    { method: 'GET', path: '/services/data/:version/limits', handle: () => ok(limits(org)) },
    {
      method: 'GET',
      path: '/services/data/:version/limits/recordCount',
      handle: ({ query }) => ok({ sObjects: recordCounts(org, query.get('sObjects')) }),
    },
  ];
}

function describeVersion(version: number): Record<string, string> {
  return { label: releaseName(version), url: `/services/data/v${version}.0`, version: `${version}.0` };
}

/** Allocations of a full sandbox that this org never uses: it sends no mail, runs no Apex and has no storage limit. */
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
 * Counts the rows of the given objects, or of all objects that have rows. Unknown names are left out, as on the
 * platform. An empty list asks for all objects; the CLI does that.
 */
function recordCounts({ store }: Org, list: string | null): { count: number; name: string }[] {
  const names = (list ?? '').split(',').filter((name) => name.trim() !== '');
  const isForAll = names.length === 0;
  const stored = store.model.types.filter(({ definition }) => !definition.madeWhenQueried);
  const asked = isForAll ? stored : names.map((name) => store.model.type(name.trim()));
  return asked
    .filter((type) => type !== undefined)
    .map(({ name }) => ({ count: store.count(name), name }))
    .filter(({ count }) => !isForAll || count > 0);
}
