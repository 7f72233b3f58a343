import { cancelVoucherTemplate, issueVoucherTemplate } from '../../../contract/templates/voucherTemplates.js';
import { ProcessFailure } from '../processFailure.js';
import { insertVoucher } from '../vouchers/insertVoucher.js';
import { definitionNamed, onlyDefinition } from '../vouchers/voucherDefinitions.js';
import { vouchersNamed } from '../vouchers/vouchersNamed.js';
import { memberOf, serveProcess } from './processCall.js';

/** Template IssueVoucher. The sample answers one empty object. */
export const issueByProcess = serveProcess(issueVoucherTemplate, (call) => {
  const { loyalty, writing, program, inputs } = call;
  const { store } = writing;
  const member = memberOf(call);
  const name = inputs.text('VoucherDefinitionName');
  const definition = name === undefined ? onlyDefinition(store, program.id) : definitionNamed(store, name, program.id);
  const number = (input: 'VoucherFaceValue' | 'VoucherDiscountPercentage') =>
    inputs.get(input) === undefined ? undefined : inputs.positiveNumber(input).toNumber();
  insertVoucher(loyalty, writing, {
    definition,
    given: {
      code: inputs.text('VoucherCode'),
      faceValue: number('VoucherFaceValue'),
      discountPercent: number('VoucherDiscountPercentage'),
      expirationDate: inputs.text('VoucherExpirationDate'),
      references: { LoyaltyProgramMemberId: member.id },
    },
  });
  return [{}];
});

/** Template CancelVoucher. Only a voucher that is issued or reserved can be cancelled, which is inferred. */
export const cancelByProcess = serveProcess(cancelVoucherTemplate, (call) => {
  const { writing, inputs } = call;
  const { store, userId } = writing;
  const member = memberOf(call);
  const [id, number, code] = [inputs.text('VoucherId'), inputs.text('VoucherNumber'), inputs.text('VoucherCode')];
  const given = id ?? number ?? code;
  if (given === undefined) throw new ProcessFailure('Give VoucherId, VoucherNumber or VoucherCode.');
  const [voucher, ...others] = vouchersNamed(store, member.id, { id, number, code });
  if (!voucher) throw new ProcessFailure(`Member ${member.membershipNumber} has no voucher ${given}.`);
  if (others.length > 0) {
    const count = others.length + 1;
    throw new ProcessFailure(
      `The member has ${count} vouchers with the code ${given}: give VoucherId or VoucherNumber.`,
    );
  }
  const status = String(voucher['Status']);
  if (!['Issued', 'Reserved'].includes(status)) {
    throw new ProcessFailure(`The voucher ${given} cannot be cancelled: its status is ${status}.`);
  }
  store.update('Voucher', voucher.Id, { Status: 'Cancelled' }, { as: 'org', userId });
  return [{ VoucherId: voucher.Id }];
});
