import { z } from 'zod';
import { ProgramDefinition } from '../definition/programDefinition.js';
import { readOrgProgram } from '../org/readOrgProgram.js';
import type { OrgProgram, ProgramReader } from '../org/readOrgProgram.js';
import { ExportedRecords, nameOf, number, text } from './exportedRecords.js';
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
export async function exportProgram(client: ProgramReader, name: string): Promise<ProgramExport> {
  const org = await readOrgProgram(client, { name });
  if (org.programId === undefined) throw new NoSuchProgramError(`The org has no loyalty program "${name}".`);
  return definitionOf(org);
}

/** @throws {ProgramExportError} */
export function definitionOf({ objects }: OrgProgram): ProgramExport {
  const records = new ExportedRecords(objects);
  const [program] = records.of('LoyaltyProgram');
  const { success, data, error } = ProgramDefinition.safeParse(
    withoutUndefined({
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
    }),
  );
  if (!success) throw new ProgramExportError(`The org's program is not a definition: ${z.prettifyError(error)}`);
  return { definition: data, notExported: records.notExported };
}

/** Keys without a value would be values of their own for whoever compares definitions. */
function withoutUndefined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
