import { namesText } from '../../base/text/namesText.js';
import { UnknownProgramError, programsText } from '../failures/lookUpErrors.js';
import type { LoyaltyClient } from '../loyaltyClient.js';
import type { ProgramRow } from '../programs.js';
import { checkAccess } from './accessChecks.js';
import { askOrg, good, lacking } from './orgFinding.js';
import type { Finding, OrgFinding } from './orgFinding.js';
import { checkPlatform } from './platformChecks.js';
import { checkProcesses } from './processChecks.js';
import { checkProgram } from './programChecks.js';

export interface OrgCheckOptions {
  /** Name of the only program to look at. Default: all that are active. */
  readonly program?: string | undefined;
  /** Returns milliseconds since the epoch, to compare with the org's clock. */
  readonly now?: () => number;
}

/**
 * Looks at an org the way a support engineer would: what it is, what this user may do, and what each active program has
 * and lacks for the commands of this package. Only reads. A question that the org refuses is a finding that says so.
 *
 * @throws {UnknownProgramError} for a given program that the org does not have
 * @throws {LoyaltyApiError | LostAnswerError} when the org as a whole cannot be asked, such as after the session ended
 */
export async function checkOrg(client: LoyaltyClient, options: OrgCheckOptions = {}): Promise<OrgFinding[]> {
  const { program, now = Date.now } = options;
  let programs: ProgramRow[] = [];
  const toDo = 'Give the user access to Loyalty Management, if the org has it.';
  const listed = await askOrg({ key: 'programs', what: 'its loyalty programs', toDo }, async () => {
    const all = await client.programs.list();
    programs = chosen(all, program);
    return programsFinding(all, programs);
  });
  const findings = [...(await checkPlatform(client, now)), ...(await checkAccess(client)), ...listed];
  for (const { Name } of programs) {
    findings.push(...(await checkProgram(client, Name)), ...(await checkProcesses(client, Name)));
  }
  return findings;
}

/** @throws {UnknownProgramError} */
function chosen(all: readonly ProgramRow[], named: string | undefined): ProgramRow[] {
  if (named === undefined) return all.filter(({ Status }) => Status === 'Active');
  const found =
    all.find(({ Name }) => Name === named) ?? all.find(({ Name }) => Name.toLowerCase() === named.toLowerCase());
  if (!found) throw new UnknownProgramError(named, all);
  return [found];
}

function programsFinding(all: readonly ProgramRow[], looked: readonly ProgramRow[]): Finding {
  const inactive = looked.find(({ Status }) => Status !== 'Active');
  if (inactive) return lacking(`The program "${inactive.Name}" is not active.`, 'Set its status to Active.');
  const active = all.filter(({ Status }) => Status === 'Active');
  if (active.length > 0) return good(`Active programs: ${namesText(active.map(({ Name }) => Name))}.`);
  if (all.length === 0) {
    const toDo =
      'Create a program in the Loyalty Management app, or give the user access. A local org: start it with --example.';
    return lacking('The org has no loyalty program, or none that the user can read.', toDo);
  }
  return lacking(`No program is active: ${programsText(all)}.`, 'Set the status of a program to Active.');
}
