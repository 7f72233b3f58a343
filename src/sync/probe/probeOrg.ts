import { z } from 'zod';
import { systemClock } from '../../base/clock.js';
import type { MonotonicClock } from '../../base/clock.js';
import type { LoyaltyClient } from '../../client/index.js';
import { patiently, shortPatience } from '../patientReads.js';
import { inspectOrg } from '../preflight.js';
import type { OrgFacts } from '../preflight.js';
import { probeMarkers } from './probeMarkers.js';
import type { MarkerProbe } from './probeMarkers.js';
import { probeUniqueField } from './probeUniqueField.js';
import type { ProbeJournal, UniqueFieldProbe } from './probeUniqueField.js';

export interface ProbeOptions {
  readonly client: LoyaltyClient;
  readonly program: string;
  readonly uniqueField?: string | undefined;
  /** Send it twice; without it, nothing is written. */
  readonly journal?: ProbeJournal | undefined;
  readonly clock?: MonotonicClock | undefined;
}

/** What an org guarantees, as far as it could be seen. */
export interface OrgProbe {
  readonly program: string;
  readonly programId: string;
  /** Length of TransactionJournal.ExternalTransactionNumber. */
  readonly numberLength: number;
  readonly markers: MarkerProbe;
  readonly uniqueField?: UniqueFieldProbe | undefined;
  readonly limits: {
    /** API calls of the last 24 hours that are left, of so many; null where the org does not say. */
    readonly callsLeft: number | null;
    readonly callsMax: number | null;
    /** Requests that may run longer than 20 seconds at a time, in all of the org. */
    readonly longRequests: number;
  };
  /** The org's clock less the machine's, in whole seconds; null where the org does not say. */
  readonly clockDifference: number | null;
}

/**
 * Asks an org what the sync can rely on. Writes only if it is given a journal.
 * @throws {UnknownProgramError}
 * @throws {UniqueFieldError} for a field that cannot hold keys
 * @throws {ProbeError} for a journal that might move points
 */
export async function probeOrg(options: ProbeOptions): Promise<OrgProbe> {
  const { client, program, uniqueField, journal, clock = systemClock } = options;
  const asked = clock.now();
  const ask = <T>(question: () => Promise<T>): Promise<T> => patiently(shortPatience(clock), question);
  const facts = await ask(() => inspectOrg(client, { program, uniqueField }));
  const edition = await ask(() => readEdition(client));
  const { DailyApiRequests: calls } = await ask(() => client.limits());
  return {
    program: facts.program,
    programId: facts.programId,
    numberLength: facts.numberLength,
    markers: await ask(() => probeMarkers(client)),
    uniqueField: await fieldOf(client, facts, { journal, clock }),
    limits: {
      callsLeft: calls?.Remaining ?? null,
      callsMax: calls?.Max ?? null,
      longRequests: edition.isSmall ? 5 : 25,
    },
    clockDifference: difference(client.orgTime, asked, clock.now()),
  };
}

async function fieldOf(
  client: LoyaltyClient,
  facts: OrgFacts,
  { journal, clock }: { readonly journal: ProbeJournal | undefined; readonly clock: MonotonicClock },
): Promise<UniqueFieldProbe | undefined> {
  const { uniqueField } = facts;
  if (!uniqueField) return undefined;
  if (journal) return probeUniqueField(client, facts, { journal, clock });
  return { field: uniqueField.name, length: uniqueField.length, journals: [] };
}

const OrganizationRow = z.object({
  OrganizationType: z.string().nullable(),
  IsSandbox: z.boolean().nullable(),
  TrialExpirationDate: z.string().nullable(),
});

/** Developer and trial orgs may run fewer requests at a time. */
async function readEdition({ query }: LoyaltyClient): Promise<{ isSmall: boolean }> {
  const [org] = await query.allRows(
    `SELECT ${Object.keys(OrganizationRow.shape).join(', ')} FROM Organization`,
    OrganizationRow,
  );
  const isTrial = org?.TrialExpirationDate !== null && org?.IsSandbox !== true;
  return { isSmall: org?.OrganizationType === 'Developer Edition' || isTrial };
}

/** The org's time has no fractions, and was true at some moment between the question and now. */
function difference(orgTime: number | undefined, asked: number, answered: number): number | null {
  if (orgTime === undefined) return null;
  if (orgTime + 1000 < asked) return Math.round((orgTime + 1000 - asked) / 1000);
  return orgTime > answered ? Math.round((orgTime - answered) / 1000) : 0;
}
