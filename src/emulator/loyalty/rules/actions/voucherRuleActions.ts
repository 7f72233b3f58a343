import { RuleFailure } from '../../../../rules/index.js';
import type { RuleEffect } from '../../../../rules/index.js';
import { textOrNull } from '../../rowValues.js';
import { heldVoucher } from '../../vouchers/heldVoucher.js';
import { insertVoucher } from '../../vouchers/insertVoucher.js';
import { redeemVoucher } from '../../vouchers/redeemVoucher.js';
import { definitionNamed } from '../../vouchers/voucherDefinitions.js';
import { vouchersNamed } from '../../vouchers/vouchersNamed.js';
import type { ActionCallOf, RuleActionHandlers } from './ruleAction.js';
import { inputOf, numberInput, requiredText, textInput } from './ruleInputs.js';
import { findPromotion } from './rulePromotions.js';

export const voucherRuleActions: RuleActionHandlers = { IssueVoucher: issue, RedeemVoucher: redeem };

function issue(given: ActionCallOf): RuleEffect {
  const { call, writing, journal, programId } = given;
  const definition = definitionNamed(writing.store, requiredText(call, 'VoucherDefinitionName'), programId);
  const faceValue = inputOf(call, 'VoucherFaceValue') === null ? undefined : numberInput(call, 'VoucherFaceValue');
  const discount =
    inputOf(call, 'VoucherDiscountPercentage') === null ? undefined : numberInput(call, 'VoucherDiscountPercentage');
  const promotion = call.promotion === undefined ? undefined : findPromotion(given, call.promotion);
  const id = insertVoucher(given, writing, {
    definition,
    given: {
      code: textInput(call, 'VoucherCode'),
      faceValue: faceValue?.toNumber(),
      discountPercent: discount?.toNumber(),
      effectiveDate: textInput(call, 'VoucherEffectiveDate'),
      expirationDate: textInput(call, 'VoucherExpirationDate'),
      references: {
        LoyaltyProgramMemberId: journal.memberId,
        TransactionJournalId: journal.id,
        PromotionId: promotion?.Id,
      },
    },
  });
  const voucher = writing.store.get('Voucher', id);
  const code = textOrNull(voucher, 'VoucherCode') ?? '';
  const name = String(definition['Name']);
  return {
    change: `voucher ${code} of ${name}`,
    result: {
      ...{ is: 'voucher', id, code, definition: name, promotionId: promotion?.Id ?? null },
      faceValue: voucher ? numberOrNull(voucher['FaceValue']) : null,
      discountPercent: voucher ? numberOrNull(voucher['DiscountPercent']) : null,
      effectiveDate: textOrNull(voucher, 'EffectiveDate'),
      expirationDate: textOrNull(voucher, 'ExpirationDate'),
    },
  };
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function redeem({ call, writing, journal, org, today }: ActionCallOf): RuleEffect {
  const { store, userId } = writing;
  const code = requiredText(call, 'VoucherCode');
  const [voucher, ...others] = vouchersNamed(store, journal.memberId, { code });
  if (!voucher || others.length > 0)
    throw new RuleFailure(
      `${call.name}: the member has ${others.length + (voucher ? 1 : 0)} vouchers with the code ${code}.`,
    );
  const now = org.clock.now();
  const moment = { now, today: today(), time: new Date(now).toISOString(), newKey: '' };
  const amount = inputOf(call, 'AmountToRedeem') === null ? undefined : numberInput(call, 'AmountToRedeem').toNumber();
  const request = amount === undefined ? {} : { redeemAmount: amount };
  const { values, answer } = redeemVoucher(heldVoucher(store, voucher, moment), request, moment);
  store.update('Voucher', voucher.Id, values, { as: 'org', userId });
  return { change: `voucher ${code} redeemed, ${answer.remainingAmount ?? 0} left` };
}
