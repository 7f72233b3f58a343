import type { z } from 'zod';
import { ProgramDefinition } from '../definition/programDefinition.js';
import type { NotExported } from './exportedRecords.js';

interface FittingExport {
  readonly definition: ProgramDefinition;
  readonly notExported: readonly NotExported[];
}

/** The org's program contradicts what a definition may say. */
export class ProgramExportError extends Error {
  override readonly name = 'ProgramExportError';
}

const objects: Readonly<Record<string, string>> = {
  tierGroups: 'LoyaltyTierGroup',
  currencies: 'LoyaltyProgramCurrency',
  benefitTypes: 'BenefitType',
  benefits: 'Benefit',
  journalTypes: 'JournalType',
  voucherDefinitions: 'VoucherDefinition',
  engagementAttributes: 'LoyaltyPgmEngmtAttribute',
  promotions: 'Promotion',
  badges: 'LoyaltyProgramBadge',
  partners: 'LoyaltyProgramPartner',
  processes: 'LoyaltyProgramProcess',
  members: 'LoyaltyProgramMember',
};

/**
 * Returns the definition without those parts that no definition may have, and names them: a second record of the same
 * name, or values that contradict each other. What refers to such a part is left out, too.
 *
 * Keys without a value are dropped, because they would be values of their own for whoever compares definitions.
 * @throws {ProgramExportError} if the program itself is no definition
 */
export function fittingExport(exported: Readonly<Record<string, unknown>>): FittingExport {
  const parts = JSON.parse(JSON.stringify(exported)) as Record<string, unknown>;
  const notExported: NotExported[] = [];
  for (;;) {
    const { success, data, error } = ProgramDefinition.safeParse(parts);
    if (success) return { definition: data, notExported };
    const left = leaveOut(parts, error.issues);
    if (left.length === 0) throw new ProgramExportError(`The org's program is not a definition: ${textOf(error)}`);
    notExported.push(...left);
  }
}

/** Removes the items of lists that issues are about. Returns what it removed. */
function leaveOut(parts: Record<string, unknown>, issues: readonly z.core.$ZodIssue[]): NotExported[] {
  const left: NotExported[] = [];
  for (const [section, object] of Object.entries(objects)) {
    const items = parts[section];
    if (!Array.isArray(items)) continue;
    const reasons = new Map<number, string>();
    for (const { path, message } of issues) {
      const [key, index, ...rest] = path;
      if (key === section && typeof index === 'number' && !reasons.has(index)) {
        reasons.set(index, [rest.join('.'), message].filter(Boolean).join(': '));
      }
    }
    for (const [index, reason] of reasons) left.push({ object, name: nameOf(items[index]), reason });
    parts[section] = items.filter((_, index) => !reasons.has(index));
  }
  return left;
}

function nameOf(item: unknown): string {
  const { name, number } = item as { readonly name?: unknown; readonly number?: unknown };
  return String(name ?? number);
}

function textOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; ');
}
