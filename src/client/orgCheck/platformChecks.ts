import { z } from 'zod';
import { durationText } from '../../base/text/durationText.js';
import { allResources } from '../../contract/endpoints/index.js';
import type { LoyaltyClient } from '../loyaltyClient.js';
import { askOrg, good, lacking, note } from './orgFinding.js';
import type { Finding, OrgFinding } from './orgFinding.js';

const OrganizationRow = z.object({
  Name: z.string(),
  OrganizationType: z.string().nullable(),
  IsSandbox: z.boolean().nullable(),
  TrialExpirationDate: z.string().nullable(),
});

/** Part of the daily calls below which it is worth knowing how many are left. */
const few = 0.1;
/** Seconds of difference that nothing notices. A login by JWT is valid for 180. */
const sameTime = 60;

/** What the org is, its API, what is left of its limits, and its clock. */
export async function checkPlatform(client: LoyaltyClient, now: () => number): Promise<OrgFinding[]> {
  const found = [
    await askOrg({ key: 'org', what: 'what kind of org it is' }, () => organization(client)),
    await askOrg({ key: 'apiVersion', what: 'its API versions' }, () => apiVersion(client)),
    await askOrg({ key: 'apiCalls', what: 'its limits' }, () => apiCalls(client)),
  ];
  const asked = now();
  // The time of the latest answer, which has just come.
  const clock = await askOrg({ key: 'clock', what: 'its time' }, async () => {
    await client.limits();
    return clockFinding(client.orgTime, { asked, answered: now() });
  });
  return [...found, clock].flat();
}

async function organization({ query }: LoyaltyClient): Promise<Finding> {
  const fields = Object.keys(OrganizationRow.shape).join(', ');
  const [org] = await query.allRows(`SELECT ${fields} FROM Organization`, OrganizationRow);
  if (!org) return note('The org does not say what it is.');
  const kind = `${org.OrganizationType ?? 'unknown edition'}${org.IsSandbox ? ', a sandbox' : ''}`;
  const name = `The org is "${org.Name}" (${kind}).`;
  const end = org.IsSandbox ? null : org.TrialExpirationDate;
  return end === null ? good(name) : note(`${name} It is a trial that ends on ${end.slice(0, 10)}.`);
}

/** Every resource that this client calls has the version since which orgs have it. */
const newestNeeded = Math.max(...allResources.map(({ since }) => since));

async function apiVersion(client: LoyaltyClient): Promise<Finding> {
  const used = Number.parseFloat(client.apiVersion);
  const newest = Math.max(...(await client.versions()).map((version) => Number.parseFloat(version)));
  if (newest < used) {
    const toDo = `Use --api-version ${newest.toFixed(1)}, or leave the version out.`;
    return lacking(`API version ${client.apiVersion} is used, but the org ends at ${newest.toFixed(1)}.`, toDo);
  }
  if (used >= newestNeeded)
    return good(`API version ${client.apiVersion} is used; the org has up to ${newest.toFixed(1)}.`);
  const toDo = newest > used ? 'Leave out --api-version, and unset SF_ORG_API_VERSION and org-api-version.' : undefined;
  const lacks = `API version ${client.apiVersion} is used. Some resources need up to ${newestNeeded.toFixed(1)}.`;
  return note(lacks, toDo);
}

async function apiCalls(client: LoyaltyClient): Promise<Finding> {
  const { DailyApiRequests: calls } = await client.limits();
  if (!calls) return note('The org does not say how many API calls are left.');
  const left = `${shown(calls.Remaining)} of ${shown(calls.Max)} API calls are left for 24 hours.`;
  if (calls.Remaining <= 0)
    return lacking(left, 'Wait, or buy more calls. Each hour, those of a day before come back.');
  const save = 'Leave some to others: sync start --reserve.';
  return calls.Remaining < calls.Max * few ? note(left, save) : good(left);
}

/** The org's time has no fractions, and was read between the question and the answer. */
function clockFinding(orgTime: number | undefined, { asked, answered }: { asked: number; answered: number }): Finding {
  if (orgTime === undefined) return note('The org does not tell its time.');
  const behind = Math.max(0, (asked - orgTime - 1000) / 1000);
  const ahead = Math.max(0, (orgTime - answered) / 1000);
  const seconds = Math.round(Math.max(behind, ahead));
  if (seconds <= sameTime) return good('The clocks of the org and of this machine agree.');
  const way = behind > ahead ? 'ahead of' : 'behind';
  const toDo = 'Set the clock of this machine: a login by JWT is valid for three minutes only.';
  return note(`The clock of this machine is ${durationText(seconds)} ${way} that of the org.`, toDo);
}

function shown(count: number): string {
  return count.toLocaleString('en-US');
}
