import { z } from 'zod';
import { ProgramDefinition } from '../definition/programDefinition.js';
import { readOrgProgram } from '../org/readOrgProgram.js';
import type { OrgProgram, ProgramReader } from '../org/readOrgProgram.js';
import { exportMembers } from './exportMembers.js';
import { ExportedRecords, nameOf, number, text } from './exportedRecords.js';
import { readLeftOutFields } from './readLeftOutFields.js';
import type { NotExported } from './exportedRecords.js';
import { exportJournalTypes, exportProcesses } from './exportProcesses.js';
import { exportEngagementAttributes, exportPromotions } from './exportPromotions.js';
import { exportBadges, exportBenefits, exportPartners, exportVoucherDefinitions } from './exportRewards.js';
import { exportCurrencies, exportTierGroups } from './exportTiers.js';

export interface ProgramExport {
  readonly definition: ProgramDefinition;
  /** What the org's program has besides, and a definition cannot say. */
  readonly notExported: readonly NotExported[];
}

export interface ExportOptions {
  /** Whether members are exported, with names, e-mail addresses and the points that they have now. Default: no. */
  readonly members?: boolean;
}

/** The org has no program of that name. */
export class NoSuchProgramError extends Error {
  override readonly name = 'NoSuchProgramError';
}

/** The org's program contradicts what a definition may say. */
export class ProgramExportError extends Error {
  override readonly name = 'ProgramExportError';
}

/**
 * Reads a program of an org as a definition. Everything comes in the order of its name, except tiers, so that the same
 * program gives the same definition in any org.
 * @throws {NoSuchProgramError}
 * @throws {ProgramExportError} if the org has something that no definition can say, and without which it is not whole
 * @throws {LoyaltyApiError | LostAnswerError}
 */
export async function exportProgram(
  client: ProgramReader,
  name: string,
  options: ExportOptions = {},
): Promise<ProgramExport> {
  const org = await readOrgProgram(client, { name });
  if (org.programId === undefined) throw new NoSuchProgramError(`The org has no loyalty program "${name}".`);
  const { definition, notExported: records } = definitionOf(org);
  const notExported = [...records, ...(await readLeftOutFields(client, org))];
  if (!options.members) return { definition, notExported };
  const read = await exportMembers(client, org.programId);
  const withMembers = checked({ ...definition, members: read.members });
  return { definition: withMembers, notExported: [...notExported, ...read.notExported] };
}

/** @throws {ProgramExportError} */
function definitionOf({ objects }: OrgProgram): ProgramExport {
  const records = new ExportedRecords(objects);
  const [program] = records.of('LoyaltyProgram');
  const definition = checked({
    name: program && nameOf(program),
    description: text(program?.values['Description']),
    status: program?.values['Status'],
    escrowDays: number(program?.values['EscrowPeriod']),
    tierGroups: exportTierGroups(records),
    currencies: exportCurrencies(records),
    ...exportBenefits(records),
    journalTypes: exportJournalTypes(records),
    voucherDefinitions: exportVoucherDefinitions(records),
    engagementAttributes: exportEngagementAttributes(records),
    promotions: exportPromotions(records),
    badges: exportBadges(records),
    partners: exportPartners(records),
    processes: exportProcesses(records),
  });
  return { definition, notExported: records.notExported };
}

/**
 * Keys without a value are dropped, because they would be values of their own for whoever compares definitions.
 * @throws {ProgramExportError}
 */
function checked(definition: Readonly<Record<string, unknown>>): ProgramDefinition {
  const { success, data, error } = ProgramDefinition.safeParse(JSON.parse(JSON.stringify(definition)));
  if (success) return data;
  throw new ProgramExportError(`The org's program is not a definition: ${z.prettifyError(error)}`);
}
