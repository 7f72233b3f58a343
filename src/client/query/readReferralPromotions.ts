import { z } from 'zod';
import { isSameId } from '../../base/sameId.js';
import { UnknownPromotionError } from '../failures/lookUpErrors.js';
import type { QueryResource } from './queryResource.js';
import { soqlText } from './soql.js';

const PromotionRow = z.object({ Id: z.string(), Name: z.string(), PromotionCode: z.string().nullable() });

/** A promotion that advocates join. */
export interface ReferralPromotionRow {
  readonly id: string;
  readonly name: string;
  /** The end of the codes with which friends come. */
  readonly code: string;
}

/** The referral promotions of a program that have a code, without which nobody can join. */
export async function readReferralPromotions(query: QueryResource, program: string): Promise<ReferralPromotionRow[]> {
  const soql =
    `SELECT ${Object.keys(PromotionRow.shape).join(', ')} FROM Promotion ` +
    `WHERE LoyaltyProgram.Name = ${soqlText(program)} AND IsReferralPromotion = true ORDER BY Name`;
  const rows = await query.allRows(soql, PromotionRow);
  return rows.flatMap(({ Id: id, Name: name, PromotionCode: code }) => (code === null ? [] : [{ id, name, code }]));
}

/** The one with this code, name or Id. @throws {UnknownPromotionError} that lists the program's referral promotions */
export function referralPromotionNamed(
  promotions: readonly ReferralPromotionRow[],
  wanted: string,
  program: string,
): ReferralPromotionRow {
  const isWanted = (text: string): boolean => text.toLowerCase() === wanted.toLowerCase();
  const found =
    promotions.find(({ id }) => isSameId(id, wanted)) ??
    promotions.find(({ code }) => isWanted(code)) ??
    promotions.find(({ name }) => isWanted(name));
  if (found) return found;
  throw new UnknownPromotionError(wanted, {
    program,
    promotions: promotions.map(({ name }) => name),
    kind: 'referral',
  });
}
