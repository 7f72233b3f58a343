import { definedValues } from '../../base/definedValues.js';
import type { Transaction } from '../../transaction.js';
import type { Cell } from '../mapping/mappedFields.js';
import { RowError } from '../rowError.js';
import type { MemberColumn } from './memberColumns.js';
import { placeValues, requestOf } from './memberDraft.js';
import type { MappedMemberField } from './memberMapping.js';

/** What the expressions of a row gave, in the order of their fields. */
type ComputedValues = readonly (string | number | boolean | RowError | undefined)[];

type FieldValue = ReturnType<NonNullable<MappedMemberField['read']>>;

/** Returns what a row says of a member. Fields without a value are left out. */
export function readMemberValues(
  cell: Cell,
  fields: readonly MappedMemberField[],
  computed: ComputedValues,
): Array<readonly [MemberColumn, string]> | RowError {
  const placed: Array<readonly [MemberColumn, string]> = [];
  let next = 0;
  for (const field of fields) {
    const value = field.expression ? takeResult(field, computed[next++]) : readCells(field, cell);
    if (value instanceof RowError) return value;
    if (value !== undefined && value !== '') placed.push([field.target, String(value)]);
  }
  return placed;
}

function takeResult({ expression }: MappedMemberField, result: ComputedValues[number]): FieldValue {
  return result === undefined || result instanceof RowError ? result : expression?.take(result);
}

/** If every column of a rule is empty, the field is left out, because hardly any field is required. */
function readCells({ columns, read }: MappedMemberField, cell: Cell): FieldValue {
  return columns.length > 0 && columns.every((column) => cell(column) === '') ? undefined : read?.(cell);
}

/** Makes the details of members to be enrolled from rows of a feed. */
export class RowEnrollment {
  readonly #fields: readonly MappedMemberField[];

  constructor(fields: readonly MappedMemberField[]) {
    this.#fields = fields;
  }

  /** Number of results that {@link RowEnrollment.make} takes. */
  get expressions(): number {
    return this.#fields.filter(({ expression }) => expression !== undefined).length;
  }

  /**
   * Returns the details, or why the row has none: its purchase may be one of a member who exists, so it is not rejected.
   * @param place what the row is called
   */
  make(cell: Cell, computed: ComputedValues, { member, place }: RowOfMember): Transaction['enrollment'] {
    const values = readMemberValues(cell, this.#fields, computed);
    if (values instanceof RowError) return { problem: `${place}: ${values.detail}.` };
    const placed = placeValues(values);
    if ('twice' in placed) return { problem: `${place} has ${placed.twice} twice.` };
    const { request, ...others } = placed.parts;
    const made = requestOf({ request: { ...request, membershipNumber: member }, ...others }, {});
    if (typeof made === 'string') return { problem: `${place}: ${made.replace(/\.$/, '')}.` };
    const { membershipNumber: _, enrollmentDate, ...further } = made;
    const details = { ...definedValues(further), associatedContactDetails: made.associatedContactDetails };
    // A date that the row does not have is that of the enrollment.
    return request['enrollmentDate'] === undefined ? details : { ...details, enrollmentDate };
  }
}

interface RowOfMember {
  readonly member: string;
  readonly place: string;
}
