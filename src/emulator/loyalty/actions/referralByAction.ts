import type { Decimal } from '../../../base/decimal.js';
import { definedValues } from '../../../base/definedValues.js';
import { processB2bReferralEvent, processReferralEvent } from '../../../contract/actions/referralActions.js';
import { referralEventTypes } from '../../../contract/endpoints/referralShapes.js';
import type { ReferralEventType } from '../../../contract/endpoints/referralShapes.js';
import { notImplemented } from '../../orgRefusal.js';
import type { GivenValues } from '../../store/values/validateRow.js';
import { instantOf } from '../enrollment/newMember.js';
import { missingFields } from '../parseInput.js';
import { ProcessFailure } from '../processFailure.js';
import { contactsOfFriends } from '../referrals/referredFriend.js';
import { runReferralEvent } from '../referrals/referralEvent.js';
import { serveAction } from './servedAction.js';

/** The same as the resource, for one friend. */
export const referralByAction = serveAction(processReferralEvent, (loyalty, { writing, inputs }) => {
  const named = {
    contactId: inputs.text('referralContactId'),
    firstName: inputs.text('referralFirstName'),
    lastName: inputs.text('referralLastName'),
    email: inputs.text('referralEmail'),
  };
  const type = eventTypeOf(inputs);
  const outcome = runReferralEvent(
    { loyalty, writing },
    {
      type,
      referralCode: inputs.text('referralCode') ?? '',
      activityDate: instantOf(loyalty, inputs.text('activityDateTime') ?? '', 'activityDateTime'),
      friendIds: () => contactsOfFriends(writing, named, false),
      journalFields: {
        ...definedValues({ ExternalTransactionNumber: inputs.text('externalReferenceNumber') }),
        ...(type === 'Purchase' && purchaseOf(inputs)),
      },
    },
  );
  return { contactId: outcome.friendIds[0], ...outputsOf(outcome) };
});

/**
 * The same for companies: the friend is a business account. Without a time the event takes place now (inferred).
 * @throws {OrgRefusal} 501 for a lead, because this org has none
 */
export const companyReferralByAction = serveAction(processB2bReferralEvent, (loyalty, { writing, inputs }) => {
  const { store } = writing;
  if (inputs.get('leadId') !== undefined) throw notImplemented('referrals of leads');
  if (inputs.get('accountId') === undefined) throw missingFields(['accountId']);
  const friend = inputs.record('accountId', store, 'Account');
  const opportunity =
    inputs.get('opportunity') === undefined ? undefined : inputs.record('opportunity', store, 'Opportunity');
  const type = eventTypeOf(inputs);
  const now = new Date(Math.floor(loyalty.org.clock.now() / 1000) * 1000).toISOString();
  const outcome = runReferralEvent(
    { loyalty, writing },
    {
      type,
      referralCode: inputs.text('referralCode') ?? '',
      activityDate: instantOf(loyalty, inputs.text('activityDateTime') ?? now, 'activityDateTime'),
      friendIds: () => [friend.Id],
      opportunityId: opportunity?.Id,
      journalFields: type === 'Purchase' ? purchaseOf(inputs) : {},
    },
  );
  return { accountId: friend.Id, ...outputsOf(outcome) };
});

type Amount = 'purchaseAmount' | 'purchaseQuantity';

/** What both actions take of a purchase. */
interface PurchaseInputs {
  text(name: 'productId'): string | undefined;
  get(name: Amount): unknown;
  /** @throws {ProcessFailure} */
  numberFromZero(name: Amount): Decimal;
}

/** @throws {ProcessFailure} that lists the types */
function eventTypeOf(inputs: { text(name: 'eventType'): string | undefined }): ReferralEventType {
  const given = inputs.text('eventType') ?? '';
  const type = referralEventTypes.find((each) => each.toLowerCase() === given.toLowerCase());
  if (type) return type;
  throw new ProcessFailure(`eventType has to be Refer, Enrollment or Purchase, not ${given}.`);
}

function purchaseOf(inputs: PurchaseInputs): GivenValues {
  const number = (name: Amount) =>
    inputs.get(name) === undefined ? undefined : inputs.numberFromZero(name).toNumber();
  return definedValues({
    ProductId: inputs.text('productId'),
    TransactionAmount: number('purchaseAmount'),
    Quantity: number('purchaseQuantity'),
  });
}

function outputsOf({ referralIds, stageName, journalIds, friendVoucherId }: ReturnType<typeof runReferralEvent>) {
  return {
    referralId: referralIds[0],
    referralStage: stageName,
    transactionJournalIds: [...journalIds],
    voucherId: friendVoucherId ?? null,
  };
}
