import { issueVoucher } from '../../../contract/actions/voucherActions.js';
import type { Store } from '../../store/store.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import type { NamedInputs } from '../parameters.js';
import { ProcessFailure } from '../processFailure.js';
import { insertVoucher } from '../vouchers/insertVoucher.js';
import { definitionNamed } from '../vouchers/voucherDefinitions.js';
import { programNamed } from './pointsMove.js';
import { serveAction } from './servedAction.js';

type Inputs = NamedInputs<typeof issueVoucher.inputs>;

/** Writes no ledger. That a voucher may belong to nobody, and that the definition has to be active, is inferred. */
export const issueByAction = serveAction(issueVoucher, (loyalty, { writing, inputs }) => {
  const { store } = writing;
  const references = referencesOf(inputs, store);
  const definition = definitionNamed(
    store,
    inputs.text('VoucherDefinitionName') ?? '',
    programId(loyalty, inputs, references['LoyaltyProgramMemberId']),
  );
  const has = (name: 'FaceValue' | 'DiscountPercent') => inputs.get(name) !== undefined;
  const given = {
    code: inputs.text('VoucherCode'),
    faceValue: has('FaceValue') ? inputs.positiveNumber('FaceValue').toNumber() : undefined,
    discountPercent: has('DiscountPercent') ? inputs.wholeNumber('DiscountPercent') : undefined,
    effectiveDate: inputs.text('EffectiveDate'),
    expirationDate: inputs.text('ExpiryDate'),
    references,
    reason: inputs.text('AdditionalNotes') ?? inputs.text('Reason'),
  };
  return { VoucherId: insertVoucher(loyalty, writing, { definition, given }) };
});

/** @throws {ProcessFailure} for an account and a contact */
function referencesOf(inputs: Inputs, store: Store): Record<string, string | undefined> {
  const id = (name: Parameters<Inputs['record']>[0], objectName: string) =>
    inputs.get(name) === undefined ? undefined : inputs.record(name, store, objectName).Id;
  if (inputs.get('AccountId') !== undefined && inputs.get('ContactId') !== undefined) {
    throw new ProcessFailure('Give AccountId or ContactId, not both.');
  }
  return {
    LoyaltyProgramMemberId: id('LoyaltyProgramMemberId', 'LoyaltyProgramMember'),
    ContactId: id('ContactId', 'Contact'),
    AccountId: id('AccountId', 'Account'),
    TransactionJournalId: id('JournalId', 'TransactionJournal'),
    PromotionId: id('PromotionId', 'Promotion'),
    BenefitId: id('BenefitId', 'Benefit'),
  };
}

/** The program that is named, else that of the member. */
function programId(loyalty: LoyaltyOrg, inputs: Inputs, memberId: string | undefined): string | undefined {
  const name = inputs.text('ProgramName');
  if (name !== undefined) return programNamed(loyalty, name).id;
  const program =
    memberId === undefined ? undefined : loyalty.org.store.get('LoyaltyProgramMember', memberId)?.['ProgramId'];
  return typeof program === 'string' ? program : undefined;
}
