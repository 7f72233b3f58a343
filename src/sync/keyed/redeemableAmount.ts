import { z } from 'zod';
import { LoyaltyApiError, soqlText } from '../../client/index.js';
import type { LoyaltyClient, VoucherRow } from '../../client/index.js';

/** The amount cannot be taken from this voucher. Nothing was sent. */
export class VoucherAmountError extends Error {
  override readonly name = 'VoucherAmountError';

  constructor(
    { VoucherCode, Name }: VoucherRow,
    why: string,
    readonly actions: readonly string[],
  ) {
    super(`The voucher ${VoucherCode ?? Name} ${why}. Nothing was sent.`);
  }
}

const all = 'Give no amount to redeem all of it.';

/**
 * Asks before a part of a voucher is redeemed or reserved, because orgs answer such a mistake like a failure of their
 * own: 500 `UNKOWN_EXCEPTION`. What this user cannot read is left to the org, as is a voucher that cannot be used at all.
 *
 * @throws {VoucherAmountError}
 */
export async function requireRedeemable(client: LoyaltyClient, voucher: VoucherRow, amount: number): Promise<void> {
  const { Status: status, RemainingValue: remaining, ReservedValue } = voucher;
  if (status !== 'Issued' && status !== 'Reserved') return;
  const definition = await readDefinition(client, voucher.Id);
  if (definition === undefined) return;
  if (definition.Type !== null && definition.Type !== 'FixedValue')
    throw new VoucherAmountError(voucher, `has no value of which ${amount} could be taken`, [all]);
  const left = status === 'Reserved' ? ReservedValue : remaining;
  if (typeof left === 'number' && cents(amount) > cents(left))
    throw new VoucherAmountError(
      voucher,
      `has ${left} ${status === 'Reserved' ? 'reserved' : 'left'}, less than ${amount}`,
      [`Give an amount up to ${left}, or none to redeem all of it.`],
    );
  if (definition.IsPartialRedeemable || remaining === null || cents(amount) === cents(remaining)) return;
  const why = `cannot be redeemed in parts: its definition "${definition.Name}" does not allow it. It has ${remaining} left, not ${amount}`;
  throw new VoucherAmountError(voucher, why, [all, 'Or allow partial redemption in the voucher definition.']);
}

const Definition = z.object({ Name: z.string(), Type: z.string().nullable(), IsPartialRedeemable: z.boolean() });

/** Undefined if this user cannot read it. */
async function readDefinition(client: LoyaltyClient, id: string): Promise<z.infer<typeof Definition> | undefined> {
  const fields = Object.keys(Definition.shape).map((name) => `VoucherDefinition.${name}`);
  const soql = `SELECT ${fields.join(', ')} FROM Voucher WHERE Id = ${soqlText(id)}`;
  try {
    const rows = await client.query.allRows(soql, z.object({ VoucherDefinition: Definition.nullable() }));
    return rows[0]?.VoucherDefinition ?? undefined;
  } catch (error) {
    if (error instanceof LoyaltyApiError && [400, 403].includes(error.status)) return undefined;
    throw error;
  }
}

function cents(amount: number): number {
  return Math.round(amount * 100);
}
