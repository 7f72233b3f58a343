import { z } from 'zod';
import type { DescribeResult } from '../../contract/query.js';
import { LoyaltyApiError } from '../failures/callErrors.js';
import type { LoyaltyClient } from '../loyaltyClient.js';
import { soqlText } from '../query/soql.js';
import { askOrg, good, lacking, note } from './orgFinding.js';
import type { Finding, OrgFinding } from './orgFinding.js';

const LicenseRow = z.object({
  DeveloperName: z.string(),
  MasterLabel: z.string().nullable(),
  TotalLicenses: z.number().nullable(),
  UsedLicenses: z.number().nullable(),
});

const AssignmentRow = z.object({ PermissionSet: z.object({ Name: z.string(), Label: z.string() }) });

/** What the commands write, each with the field by which one sees that the user may. */
const written = [
  { object: 'LoyaltyProgramMember', field: 'MembershipNumber', may: 'createable', does: 'enroll members' },
  { object: 'TransactionJournal', field: 'TransactionAmount', may: 'createable', does: 'send journals' },
  {
    ...{ object: 'LoyaltyProgramMbrPromotion', field: 'CumulativeUsageCompleted' },
    ...{ may: 'updateable', does: 'set progress' },
  },
] as const;

/** Whether the org has Loyalty Management for this user: license, permission sets, objects and person accounts. */
export async function checkAccess(client: LoyaltyClient): Promise<OrgFinding[]> {
  const found = [
    await askOrg({ key: 'license', what: 'its permission set licenses' }, () => licenses(client)),
    await askOrg({ key: 'permissionSets', what: 'the permission sets of the user' }, () => permissionSets(client)),
  ];
  for (const each of written) {
    const subject = { key: `access: ${each.object}`, what: `what the user may do with ${each.object}` };
    found.push(await askOrg(subject, () => writable(client, each)));
  }
  found.push(
    await askOrg({ key: 'personAccounts', what: 'whether it has person accounts' }, () => personAccounts(client)),
    await askOrg({ key: 'package', what: 'whether force-app/ is deployed' }, () => deployedPackage(client)),
  );
  return found.flat();
}

/** The names are those that were seen in orgs. They are not published. */
async function licenses({ query }: LoyaltyClient): Promise<Finding> {
  const soql =
    `SELECT ${Object.keys(LicenseRow.shape).join(', ')} FROM PermissionSetLicense ` +
    "WHERE DeveloperName LIKE '%Loyalty%' ORDER BY DeveloperName";
  const rows = await query.allRows(soql, LicenseRow);
  if (rows.length === 0) {
    const toDo = 'Look in Setup, Company Information, for a license of Loyalty Management.';
    return note('No permission set license has Loyalty in its name.', toDo);
  }
  const names = rows.map(({ DeveloperName, MasterLabel, TotalLicenses, UsedLicenses }) => {
    const used = TotalLicenses === null ? '' : ` (${UsedLicenses ?? 0} of ${TotalLicenses} used)`;
    return `"${MasterLabel ?? DeveloperName}"${used}`;
  });
  return good(`The org has the permission set ${names.length === 1 ? 'license' : 'licenses'} ${names.join(', ')}.`);
}

async function permissionSets(client: LoyaltyClient): Promise<Finding> {
  const user = await client.userId();
  if (user === undefined) return note('The org does not say which user this is.');
  const soql =
    'SELECT PermissionSet.Name, PermissionSet.Label FROM PermissionSetAssignment ' +
    `WHERE AssigneeId = ${soqlText(user)}`;
  const rows = await client.query.allRows(soql, AssignmentRow);
  const names = rows
    .filter(({ PermissionSet: { Name, Label } }) => /loyalty/i.test(`${Name} ${Label}`))
    .map(({ PermissionSet: { Label } }) => `"${Label}"`);
  if (names.length > 0)
    return good(`The user has the permission ${names.length === 1 ? 'set' : 'sets'} ${names.join(', ')}.`);
  return note(
    'The user has no permission set with Loyalty in its name. A missing permission looks like an empty list.',
    'Assign a permission set of Loyalty Management, unless the profile gives access.',
  );
}

async function writable(
  client: LoyaltyClient,
  { object, field, may, does }: (typeof written)[number],
): Promise<Finding> {
  const toDo = `Give the user access to ${object} and its field ${field}.`;
  const described = await describeOrNothing(client, object);
  if (!described) return lacking(`The user cannot ${does}: ${object} is not there, or not visible.`, toDo);
  const isAllowed = described.fields.some((each) => each.name === field && each[may] !== false);
  return isAllowed
    ? good(`The user may ${does}.`)
    : lacking(`The user cannot ${does}: ${object}.${field} is read-only.`, toDo);
}

async function personAccounts(client: LoyaltyClient): Promise<Finding> {
  const account = await describeOrNothing(client, 'Account');
  const isThere = account?.fields.some(({ name }) => name === 'IsPersonAccount' || name === 'PersonContactId');
  if (isThere) return good('The org has person accounts.');
  return lacking(
    'The org has no person accounts, which "enroll member" creates, or the user cannot see them.',
    'Enable person accounts in Setup. Give the profile a default record type for them.',
  );
}

/** Objects and fields of the folder `force-app/` of this package, which make the guarantees of the sync stronger. */
async function deployedPackage(client: LoyaltyClient): Promise<Finding> {
  const marker = await describeOrNothing(client, 'Loyalty_Sync_Source__c');
  const journal = await describeOrNothing(client, 'TransactionJournal');
  const hasKey = journal?.fields.some(({ name }) => name === 'Loyalty_Sync_Key__c') ?? false;
  if (marker && hasKey) return good('force-app/ is deployed: markers of the sync, and a unique key of journals.');
  const part = marker ? 'the unique key of journals is' : hasKey ? 'the markers of the sync are' : 'nothing of it is';
  return note(
    `force-app/ is not completely deployed: ${marker || hasKey ? `${part} missing` : `${part} there`}. The sync works without it, with weaker guarantees.`,
    'Deploy it as docs/org-setup.md says, and assign its permission set.',
  );
}

async function describeOrNothing(client: LoyaltyClient, object: string): Promise<DescribeResult | undefined> {
  try {
    return await client.sobjects.describe(object);
  } catch (error) {
    if (error instanceof LoyaltyApiError && error.errorCode === 'NOT_FOUND') return undefined;
    throw error;
  }
}
