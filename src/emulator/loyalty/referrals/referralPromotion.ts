import { isInPeriod } from '../../../base/dayPeriod.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { invalidInput } from '../invalidInput.js';
import type { Program } from '../programDirectory.js';
import { programText } from '../programDirectory.js';

/** A promotion that advocates join, and whose code is a part of their referral codes. */
export interface ReferralPromotion {
  readonly row: SObjectRow;
  readonly name: string;
  readonly code: string;
  readonly program: Program;
}

/** The referral promotion of the program with that code, in any case. @throws {OrgRefusal} 400 */
export function promotionCoded(store: Store, program: Program, code: string): ReferralPromotion {
  const coded = store.find('Promotion', { LoyaltyProgramId: program.id, PromotionCode: code });
  const row = coded.find((each) => each['IsReferralPromotion'] === true);
  if (row) return referralPromotion(row, program);
  if (coded.length === 0) throw invalidInput(`The loyalty program ${program.name} has no promotion ${code}.`);
  throw invalidInput(`The promotion ${code} is not a referral promotion.`);
}

export function referralPromotion(row: SObjectRow, program: Program): ReferralPromotion {
  return { row, name: programText(row, 'Name'), code: programText(row, 'PromotionCode'), program };
}

/** @param day `yyyy-MM-dd`. @throws {OrgRefusal} 400 for a promotion that is not active or does not run on that day */
export function requireRunning({ row, name }: ReferralPromotion, day: string): void {
  if (row['IsActive'] !== true) throw invalidInput(`The promotion ${name} is not active.`);
  const [first, last] = [programText(row, 'StartDate'), programText(row, 'EndDate')];
  if (isInPeriod(day, first, last)) return;
  throw invalidInput(`The promotion ${name} runs ${periodText(first, last)}, and not on ${day}.`);
}

/** Whether members can join the promotion on that day. */
export function isOpenOn({ row }: ReferralPromotion, day: string): boolean {
  const [first, last] = [programText(row, 'StartDate'), programText(row, 'EndDate')];
  return row['IsActive'] === true && isInPeriod(day, first, last) && isJoinable(row, day);
}

/** @throws {OrgRefusal} 400 outside the days on which members can join */
export function requireOpenPromotion({ row, name }: ReferralPromotion, day: string): void {
  if (isJoinable(row, day)) return;
  const [first, last] = [programText(row, 'EnrollmentStartDate'), programText(row, 'EnrollmentEndDate')];
  throw invalidInput(`The promotion ${name} can be joined ${periodText(first, last)}, and not on ${day}.`);
}

function isJoinable(row: SObjectRow, day: string): boolean {
  return isInPeriod(day, programText(row, 'EnrollmentStartDate'), programText(row, 'EnrollmentEndDate'));
}

function periodText(first: string, last: string): string {
  return [first && `from ${first}`, last && `until ${last}`].filter(Boolean).join(' ');
}
