import { definedValues } from '../../../base/definedValues.js';
import { shortId } from '../../../base/sameId.js';
import type { ReferralVoucher } from '../../../contract/endpoints/referralAnswers.js';
import { referralEndpoints } from '../../../contract/endpoints/referralEndpoints.js';
import type { ReferralEventRequest } from '../../../contract/endpoints/referralShapes.js';
import type { Store } from '../../store/store.js';
import type { GivenValues } from '../../store/values/validateRow.js';
import { instantOf } from '../enrollment/newMember.js';
import { invalidInput } from '../invalidInput.js';
import { refuseLaterKeys } from '../laterKeys.js';
import { missingFields } from '../parseInput.js';
import { programText } from '../programDirectory.js';
import { orInvalidInput } from '../orInvalidInput.js';
import { parentOf, textOrNull } from '../rowValues.js';
import { serve } from '../serve.js';
import { heldVoucher } from '../vouchers/heldVoucher.js';
import { redeemVoucher } from '../vouchers/redeemVoucher.js';
import { joinPromotion } from './advocateEnrollment.js';
import { advocateProfile } from './advocateProfile.js';
import { memberOfRequest } from './newAdvocate.js';
import { ownerOfProfile, programOfRequest } from './profileOwner.js';
import { contactsOfFriends } from './referredFriend.js';
import { runReferralEvent } from './referralEvent.js';
import { promotionCoded } from './referralPromotion.js';
import { voucherOfHolder } from './referralRedemption.js';

const enrollmentKeys = { since: 64, keys: ['isAutoEnrolled', 'isEnrollmentActive'] };
const eventKeys = {
  since: 62,
  keys: [
    ...['referralChannel', 'referralStage', 'referredPartyJournalSubtype', 'optInWhatsApp', 'contactLocale'],
    'contactFieldForLocale',
  ],
};
/** First edition of the guide whose answer has all vouchers. */
const voucherListSince = 62;

const enrollAdvocate = serve(
  referralEndpoints.enrollAdvocate,
  (loyalty, { program, params, body: request, version, writing }) => {
    refuseLaterKeys(request, version, enrollmentKeys);
    const promotion = promotionCoded(writing.store, program, params.promotionCode);
    const { shouldProcessTransactionsInRealTime: isProcessed, isAutoEnrolled, isEnrollmentActive } = request;
    const member = memberOfRequest({ loyalty, writing, program, request });
    const joining = { loyalty, writing, promotion, isProcessed, isAutoEnrolled, isEnrollmentActive };
    const { referralCode, journals } = orInvalidInput(() => joinPromotion(joining, member));
    const membershipNumber = programText(member, 'MembershipNumber');
    const contactId = textOrNull(member, 'ContactId');
    return {
      contactId: contactId === null ? null : shortId(contactId),
      memberId: shortId(member.Id),
      membershipNumber,
      programName: program.name,
      promotionReferralCode: referralCode,
      transactionJournals: journals.map(({ id, activityDate, subType, status }) => ({
        ...{ activityDate, journalType: 'Referral', journalSubType: subType, membershipNumber },
        ...{ programName: program.name, status, transactionJournalId: shortId(id) },
      })),
    };
  },
  { unknownProgram: invalidInput },
);

const event = serve(referralEndpoints.event, (loyalty, { body: request, version, writing }) => {
  refuseLaterKeys(request, version, eventKeys);
  const activityDateTime = request.activityDateTime ?? request.joiningDate;
  if (activityDateTime === undefined) throw missingFields(['activityDateTime']);
  const outcome = orInvalidInput(() =>
    runReferralEvent(
      { loyalty, writing },
      {
        type: request.eventType,
        referralCode: request.referralCode,
        activityDate: instantOf(loyalty, activityDateTime, 'activityDateTime'),
        friendIds: () => contactsOfFriends(writing, request, request.eventType === 'Refer'),
        stageName: request.referralStage,
        friendSubType: request.referredPartyJournalSubtype,
        channel: request.referralChannel,
        journalFields: journalFields(request),
      },
    ),
  );
  const answer = {
    contactIds: outcome.friendIds.map(shortId),
    referralIds: outcome.referralIds.map(shortId),
    referralStage: outcome.stageName,
    transactionJournalIds: outcome.journalIds.map(shortId),
    voucherId: outcome.friendVoucherId ?? null,
  };
  if (version < voucherListSince) return answer;
  return { ...answer, voucherList: outcome.voucherIds.map((id) => listedVoucher(writing.store, id)) };
});

/** The purchase, for events of that type only; further fields for all. */
function journalFields(request: ReferralEventRequest): GivenValues {
  const { transactionJournalAdditionalAttributes: map, eventType } = request;
  const { productId, purchaseAmount, purchaseQuantity, orderReferenceId } = request;
  const purchase = {
    ProductId: productId,
    TransactionAmount: purchaseAmount,
    Quantity: purchaseQuantity,
    ExternalTransactionNumber: orderReferenceId,
  };
  return { ...map?.attributes, ...(eventType === 'Purchase' && definedValues(purchase)) };
}

function listedVoucher(store: Store, voucherId: string): ReferralVoucher {
  const voucher = store.get('Voucher', voucherId);
  const journalId = textOrNull(voucher, 'TransactionJournalId');
  return {
    effectiveDate: textOrNull(voucher, 'EffectiveDate'),
    expirationDate: textOrNull(voucher, 'ExpirationDate'),
    transactionJournalId: journalId === null ? null : shortId(journalId),
    voucherCode: textOrNull(voucher, 'VoucherCode'),
    voucherDefinition: voucher
      ? textOrNull(parentOf(store, voucher, 'VoucherDefinitionId', 'VoucherDefinition'), 'Name')
      : null,
    voucherId,
  };
}

const profile = serve(referralEndpoints.advocateProfile, (loyalty, { body: request, writing: { store } }) => {
  const program = programOfRequest(loyalty, request);
  const owner = ownerOfProfile(loyalty, program, request);
  return advocateProfile({ store, program, today: loyalty.today(), request, ...owner });
});

const redeem = serve(referralEndpoints.redeemVoucher, (loyalty, { params, body, writing: { store, userId } }) => {
  const voucher = voucherOfHolder(loyalty, params.voucherCode, body);
  const now = loyalty.org.clock.now();
  const moment = { now, today: loyalty.today(), time: new Date(now).toISOString(), newKey: '' };
  const { redemptionAmount, currencyIsoCode } = body;
  const redemption = definedValues({ redemptionAmount, currencyIsoCode });
  const { values, answer } = redeemVoucher(heldVoucher(store, voucher, moment), redemption, moment);
  store.update('Voucher', voucher.Id, values, { as: 'org', userId });
  const { remainingAmount, currencyIsoCode: currency } = answer;
  return { ...definedValues({ currencyIsoCode: currency ?? undefined }), remainingAmount: remainingAmount ?? 0 };
});

export const referralHandlers = [enrollAdvocate, event, profile, redeem];
