import type { ProgramDefinition } from '../definition/programDefinition.js';
import { readOrgProgram } from '../org/readOrgProgram.js';
import type { OrgProgram, ProgramReader } from '../org/readOrgProgram.js';
import { exportMembers } from './exportMembers.js';
import { ExportedRecords, nameOf, number, text } from './exportedRecords.js';
import { readLeftOutFields } from './readLeftOutFields.js';
import type { NotExported } from './exportedRecords.js';
import { exportJournalTypes, exportProcesses } from './exportProcesses.js';
import { exportEngagementAttributes, exportPromotions } from './exportPromotions.js';
import { exportBadges, exportBenefits, exportPartners, exportVoucherDefinitions } from './exportRewards.js';
import { fittingExport } from './fittingExport.js';
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

/**
 * Reads a program of an org as a definition. Everything comes in the order of its name, except tiers, so that the same
 * program gives the same definition in any org.
 * @throws {NoSuchProgramError}
 * @throws {ProgramExportError} if not even the program itself is a definition
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
  const fields = await readLeftOutFields(client, org);
  const notExported = [...records, ...fields.filter((field) => !isOfLeftOut(field, records, org))];
  if (!options.members) return { definition, notExported };
  const read = await exportMembers(client, org.programId, definition);
  const fitting = fittingExport({ ...definition, members: read.members });
  const left = [...notExported, ...read.notExported, ...fitting.notExported];
  return { definition: fitting.definition, notExported: left };
}

/** Whether the whole record is left out, so that its fields need no mention. Not so if another has the same name. */
function isOfLeftOut({ object, name }: NotExported, records: readonly NotExported[], { objects }: OrgProgram): boolean {
  const same = objects.get(object)?.records.filter((record) => nameOf(record) === name) ?? [];
  const isWhole = (each: NotExported): boolean => each.field === undefined && each.object === object;
  return same.length === 1 && records.some((each) => isWhole(each) && each.name === name);
}

/** @throws {ProgramExportError} */
function definitionOf({ objects }: OrgProgram): ProgramExport {
  const records = new ExportedRecords(objects);
  const [program] = records.of('LoyaltyProgram');
  const { definition, notExported } = fittingExport({
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
  return { definition, notExported: [...records.notExported, ...notExported] };
}
