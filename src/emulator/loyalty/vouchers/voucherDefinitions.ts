import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { ProcessFailure } from '../processFailure.js';

/**
 * The active definition of that name, in the program or in none. @throws {ProcessFailure}
 *
 * @param programId undefined for any program
 */
export function definitionNamed(store: Store, name: string, programId: string | undefined): SObjectRow {
  const named = store.find('VoucherDefinition', { Name: name }).filter((each) => isOf(each, programId));
  const definition = named.find((each) => each['IsActive'] === true);
  if (definition) return definition;
  throw new ProcessFailure(`The voucher definition ${name} ${named.length > 0 ? 'is not active' : 'does not exist'}.`);
}

/**
 * The only active definition of the program: the rule of such a process names its own, and this org does not run it.
 * @throws {ProcessFailure} when there are none or several
 */
export function onlyDefinition(store: Store, programId: string): SObjectRow {
  const active = store.find('VoucherDefinition', { LoyaltyProgramId: programId, IsActive: true });
  const [definition, ...others] = active;
  if (definition && others.length === 0) return definition;
  throw new ProcessFailure(
    `The program has ${active.length} active voucher definitions: give VoucherDefinitionName to say which.`,
  );
}

function isOf({ LoyaltyProgramId: of }: SObjectRow, programId: string | undefined): boolean {
  return of === null || programId === undefined || of === programId;
}
