import type { CreatedRecord, ProbedOrg } from './probedOrg.js';

/** Fields that retire a record that cannot be deleted. */
const outOfUse: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  LoyaltyProgram: { Status: 'Inactive' },
  LoyaltyProgramCurrency: { IsActive: false },
  LoyaltyProgramMember: { MemberStatus: 'Inactive' },
  LoyaltyProgramProcess: { Status: 'Inactive' },
  LoyaltyTierGroup: { IsActive: false },
  Promotion: { IsActive: false },
};

/**
 * Deletes what the probes have made, the newest first, and retires what the org keeps: journals can only be deleted
 * through the SOAP API. Returns what is left, which is everything if the org cannot be reached. Never throws.
 */
export async function cleanUp(org: ProbedOrg): Promise<CreatedRecord[]> {
  const made = [...new Map(org.created.map((each) => [each.id, each])).values()].reverse();
  if (made.length === 0) return [];
  const left: CreatedRecord[] = [];
  let isReachable = true;
  const attempt = async (record: CreatedRecord): Promise<boolean> => {
    try {
      return isReachable && (await isGone(org, record));
    } catch {
      isReachable = false;
      return false;
    }
  };
  // Found before the program is deleted. Deleted, if possible, after the records that the probes know of.
  const journals = await journalsOf(org);
  for (const record of [...made, ...journals]) if (!(await attempt(record))) left.push(record);
  return [...new Map(left.map((each) => [each.id, each])).values()];
}

async function isGone(org: ProbedOrg, { object, id }: CreatedRecord): Promise<boolean> {
  const path = `/sobjects/${object}/${id}`;
  const { status } = await org.ask('DELETE', path);
  if (status < 300 || status === 404) return true;
  const body = outOfUse[object];
  if (body) await org.ask('PATCH', path, { body });
  return false;
}

/** Finds the journals that requests have made, by their program, because probes do not list each of them. */
async function journalsOf(org: ProbedOrg): Promise<CreatedRecord[]> {
  const program = org.created.find(({ object }) => object === 'LoyaltyProgram');
  if (!program) return [];
  const soql = `SELECT Id FROM TransactionJournal WHERE LoyaltyProgramId = '${program.id}'`;
  // If this question fails too, the program is named, and its journals can be found through it.
  const found = await org.rows(soql).catch(() => []);
  return found.map((row) => ({ object: 'TransactionJournal', id: String(row['Id']) }));
}
