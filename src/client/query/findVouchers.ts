import { z } from 'zod';
import type { QueryResource } from './queryResource.js';
import { soqlText } from './soql.js';

/** What is given has to match. */
export interface VoucherCriteria {
  readonly voucherId?: string | undefined;
  /** Id of the LoyaltyProgramMember. */
  readonly memberId?: string | undefined;
  /** Of somebody who need not be a member; the program does not matter then. */
  readonly contactId?: string | undefined;
  readonly voucherCode?: string | undefined;
  readonly voucherNumber?: string | undefined;
  readonly reason?: string | undefined;
}

const amount = z.number().nullable();

const VoucherRow = z.object({
  Id: z.string(),
  /** Voucher number. */
  Name: z.string(),
  VoucherCode: z.string().nullable(),
  Status: z.string().nullable(),
  FaceValue: amount,
  RedeemedValue: amount,
  RemainingValue: amount,
  ExpirationDate: z.string().nullable(),
});
const ReservedRow = VoucherRow.extend({ ReservationKey: z.string().nullable(), ReservedValue: amount });
/** Fields that are read only where they are compared, because a user may not see them. */
const OfReason = z.object({
  Reason: z.string().nullable(),
  VoucherDefinition: z.object({ Name: z.string() }).nullable(),
});
export type VoucherRow = z.infer<typeof VoucherRow> &
  Partial<z.infer<typeof ReservedRow>> &
  Partial<z.infer<typeof OfReason>>;

interface VoucherQuestion {
  readonly criteria: VoucherCriteria;
  /** Whether the API version has the fields of reservations. */
  readonly hasReservations: boolean;
}

/** Vouchers of members of the program, or of a contact, the oldest first. */
export async function findVouchers(
  query: QueryResource,
  program: string,
  { criteria, hasReservations }: VoucherQuestion,
): Promise<VoucherRow[]> {
  const { voucherId, memberId, contactId, voucherCode, voucherNumber, reason } = criteria;
  const known = hasReservations ? ReservedRow : VoucherRow;
  const shape = reason === undefined ? known : known.extend(OfReason.shape);
  const fields = Object.keys(shape.shape).map((name) => (name === 'VoucherDefinition' ? `${name}.Name` : name));
  const conditions = [
    equals('Id', voucherId),
    equals('LoyaltyProgramMemberId', memberId),
    equals('VoucherCode', voucherCode),
    equals('Name', voucherNumber),
    equals('Reason', reason),
    equals('ContactId', contactId),
    equals('LoyaltyProgramMember.Program.Name', contactId === undefined ? program : undefined),
  ].filter((each) => each !== undefined);
  const soql = `SELECT ${fields.join(', ')} FROM Voucher WHERE ${conditions.join(' AND ')} ORDER BY Name`;
  return query.allRows<VoucherRow>(soql, shape);
}

function equals(field: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${field} = ${soqlText(value)}`;
}
