import type { FieldValues } from '../../client/index.js';
import type { DefinitionPlace } from '../definition/definitionError.js';
import type { DefinedMember } from '../definition/partyShapes.js';
import type { ProgramRecord } from '../records/programRecord.js';
import type { OpeningBalance } from './openingBalance.js';

export const planActions = ['create', 'change', 'leave', 'cannot', 'delete'] as const;
export type PlanAction = (typeof planActions)[number];

type PlannedValue = FieldValues[string];

/** A field that is written. References are shown by the name of the record they lead to. */
export interface PlannedField {
  readonly field: string;
  /** What the org has. Null for a new record. */
  readonly from: PlannedValue;
  readonly to: PlannedValue;
}

/** What the entry is about, for whoever applies it. A record that is deleted needs only its Id. */
export type PlanSource =
  | { readonly kind: 'record'; readonly record: ProgramRecord; readonly changed: readonly string[] }
  /** A process that is not written as a record. */
  | { readonly kind: 'process' }
  | { readonly kind: 'member'; readonly member: DefinedMember }
  | { readonly kind: 'balance'; readonly balance: OpeningBalance }
  | { readonly kind: 'surplus' };

/** One record of a program, and what becomes of it. */
export interface PlanEntry {
  readonly action: PlanAction;
  readonly object: string;
  /** Of a member, its number. Of an opening balance, the number of its journal. */
  readonly name: string;
  /** Absent for what is not in the org. */
  readonly id?: string;
  /** What is written. For `cannot`, what would have to be written. */
  readonly fields: readonly PlannedField[];
  /** Why it cannot be, or is left although it differs, with what to do. */
  readonly reason?: string;
  /** Where the definition asks for what cannot be, if its files are known. */
  readonly place?: DefinitionPlace;
  readonly source: PlanSource;
}

/** A record of the org's program that the definition does not have. */
export interface UntouchedRecord {
  readonly object: string;
  readonly name: string;
  readonly id: string;
}

/** What has to be done to an org so that it has what a definition says. */
export interface ProgramPlan {
  /** Name of the program as the org has it, or will have it. */
  readonly program: string;
  /** Undefined if the org does not have it yet. */
  readonly programId: string | undefined;
  /** In the order in which they are applied. */
  readonly entries: readonly PlanEntry[];
  /** In the program, but not in the definition. They are never changed. */
  readonly untouched: readonly UntouchedRecord[];
}

/** Whether the org differs from the definition, apart from what the definition does not mention. */
export function hasDrift({ entries }: ProgramPlan): boolean {
  return entries.some(({ action }) => action !== 'leave');
}
