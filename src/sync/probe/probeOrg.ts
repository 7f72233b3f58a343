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
  /** A journal to send twice. Without it, nothing is written. */
  readonly journal?: ProbeJournal | undefined;
  readonly clock?: MonotonicClock | undefined;
}

/** What an org guarantees, as far as it can be seen. */
export interface OrgProbe {
  readonly program: string;
  readonly programId: string;
  /** Length of TransactionJournal.ExternalTransactionNumber. */
  readonly numberLength: number;
  readonly markers: MarkerProbe;
  readonly uniqueField?: UniqueFieldProbe | undefined;
  readonly limits: {
    /** API calls left of the daily limit `callsMax`; both are null if the org does not return them. */
    readonly callsLeft: number | null;
    readonly callsMax: number | null;
    /** How many requests longer than 20 seconds the whole org can run at a time. */
    readonly longRequests: number;
  };
  /** The org's clock minus the machine's, in whole seconds; null if the org does not return its time. */
  readonly clockDifference: number | null;
}

/**
 * Asks an org what the sync can rely on. Writes only if a journal is given.
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

/** Reads the edition, because developer and trial orgs can run fewer requests at a time. */
async function readEdition({ query }: LoyaltyClient): Promise<{ isSmall: boolean }> {
  const [org] = await query.allRows(
    `SELECT ${Object.keys(OrganizationRow.shape).join(', ')} FROM Organization`,
    OrganizationRow,
  );
  const isTrial = org?.TrialExpirationDate !== null && org?.IsSandbox !== true;
  return { isSmall: org?.OrganizationType === 'Developer Edition' || isTrial };
}

/**
 * Returns the difference of the clocks. The org's time has no fractions, and was read between the question and the
 * answer.
 */
function difference(orgTime: number | undefined, asked: number, answered: number): number | null {
  if (orgTime === undefined) return null;
  if (orgTime + 1000 < asked) return Math.round((orgTime + 1000 - asked) / 1000);
  return orgTime > answered ? Math.round((orgTime - answered) / 1000) : 0;
}
