import type { SObjectDefinition } from '../sobject.js';
import { account } from './account.js';
import { actionableList } from './actionableList.js';
import { asset } from './asset.js';
import { batchCalcJobDefinitionView } from './batchCalcJobDefinitionView.js';
import { batchJob } from './batchJob.js';
import { batchJobDefinition } from './batchJobDefinition.js';
import { batchJobPart } from './batchJobPart.js';
import { batchJobPartFailedRecord } from './batchJobPartFailedRecord.js';
import { batchJobStatusChangedEvent } from './batchJobStatusChangedEvent.js';
import { batchProcessJobDefView } from './batchProcessJobDefView.js';
import { benefit } from './benefit.js';
import { benefitAction } from './benefitAction.js';
import { benefitActionParameter } from './benefitActionParameter.js';
import { benefitParameterValue } from './benefitParameterValue.js';
import { benefitType } from './benefitType.js';
import { campaign } from './campaign.js';
import { customerCase } from './case.js';
import { contact } from './contact.js';
import { coupon } from './coupon.js';
import { couponCodeRedemption } from './couponCodeRedemption.js';
import { digitalPass } from './digitalPass.js';
import { digitalPassTemplate } from './digitalPassTemplate.js';
import { digitalPassTmplParameter } from './digitalPassTmplParameter.js';
import { engagementChannelType } from './engagementChannelType.js';
import { entityDefinition } from './entityDefinition.js';
import { fieldDefinition } from './fieldDefinition.js';
import { fileObjects } from './fileObjects.js';
import { gameDefinition } from './gameDefinition.js';
import { gameParticipant } from './gameParticipant.js';
import { gameParticipantReward } from './gameParticipantReward.js';
import { gameReward } from './gameReward.js';
import { group } from './group.js';
import { internalOrganizationUnit } from './internalOrganizationUnit.js';
import { journalReason } from './journalReason.js';
import { journalSubType } from './journalSubType.js';
import { journalType } from './journalType.js';
import { listView } from './listView.js';
import { loyaltyAggrPointExprLedger } from './loyaltyAggrPointExprLedger.js';
import { loyaltyLedger } from './loyaltyLedger.js';
import { loyaltyLedgerTraceability } from './loyaltyLedgerTraceability.js';
import { loyaltyMemberCurrency } from './loyaltyMemberCurrency.js';
import { loyaltyMemberTier } from './loyaltyMemberTier.js';
import { loyaltyMembershipLifecycle } from './loyaltyMembershipLifecycle.js';
import { loyaltyPartnerProduct } from './loyaltyPartnerProduct.js';
import { loyaltyPgmCurrencyExtPrd } from './loyaltyPgmCurrencyExtPrd.js';
import { loyaltyPgmCurrencySubtype } from './loyaltyPgmCurrencySubtype.js';
import { loyaltyPgmEngmtAttrProm } from './loyaltyPgmEngmtAttrProm.js';
import { loyaltyPgmEngmtAttribute } from './loyaltyPgmEngmtAttribute.js';
import { loyaltyPgmGroupMbrRlnsp } from './loyaltyPgmGroupMbrRlnsp.js';
import { loyaltyPgmMbrAttributeVal } from './loyaltyPgmMbrAttributeVal.js';
import { loyaltyPgmMbrLinkedPtnr } from './loyaltyPgmMbrLinkedPtnr.js';
import { loyaltyPgmMbrPromEligView } from './loyaltyPgmMbrPromEligView.js';
import { loyaltyPgmPartnerCurrency } from './loyaltyPgmPartnerCurrency.js';
import { loyaltyPgmPartnerPromotion } from './loyaltyPgmPartnerPromotion.js';
import { loyaltyPgmPtnrLdgrSummary } from './loyaltyPgmPtnrLdgrSummary.js';
import { loyaltyPgmPtnrPrepaidPack } from './loyaltyPgmPtnrPrepaidPack.js';
import { loyaltyProgram } from './loyaltyProgram.js';
import { loyaltyProgramBadge } from './loyaltyProgramBadge.js';
import { loyaltyProgramCurrency } from './loyaltyProgramCurrency.js';
import { loyaltyProgramCurrencyTier } from './loyaltyProgramCurrencyTier.js';
import { loyaltyProgramJournalType } from './loyaltyProgramJournalType.js';
import { loyaltyProgramMbrPromotion } from './loyaltyProgramMbrPromotion.js';
import { loyaltyProgramMember } from './loyaltyProgramMember.js';
import { loyaltyProgramMemberBadge } from './loyaltyProgramMemberBadge.js';
import { loyaltyProgramMemberCase } from './loyaltyProgramMemberCase.js';
import { loyaltyProgramMemberMerge } from './loyaltyProgramMemberMerge.js';
import { loyaltyProgramPartner } from './loyaltyProgramPartner.js';
import { loyaltyProgramPartnerLedger } from './loyaltyProgramPartnerLedger.js';
import { loyaltyProgramProcess } from './loyaltyProgramProcess.js';
import { loyaltyProgramProcessParameter } from './loyaltyProgramProcessParameter.js';
import { loyaltyProgramProcessRule } from './loyaltyProgramProcessRule.js';
import { loyaltyProgramProcessRuleVersion } from './loyaltyProgramProcessRuleVersion.js';
import { loyaltyProgramSetup } from './loyaltyProgramSetup.js';
import { loyaltyProgramWidget } from './loyaltyProgramWidget.js';
import { loyaltyTier } from './loyaltyTier.js';
import { loyaltyTierBenefit } from './loyaltyTierBenefit.js';
import { loyaltyTierEligibilitySrc } from './loyaltyTierEligibilitySrc.js';
import { loyaltyTierGroup } from './loyaltyTierGroup.js';
import { loyaltyTierMshpFeeOption } from './loyaltyTierMshpFeeOption.js';
import { loyaltyTierPromotion } from './loyaltyTierPromotion.js';
import { marketSegment } from './marketSegment.js';
import { memberBenefit } from './memberBenefit.js';
import { opportunity } from './opportunity.js';
import { opportunityStage } from './opportunityStage.js';
import { order } from './order.js';
import { orderItem } from './orderItem.js';
import { organization } from './organization.js';
import { permissionObjects } from './permissionObjects.js';
import { product2 } from './product2.js';
import { productCatalog } from './productCatalog.js';
import { productCategory } from './productCategory.js';
import { profile } from './profile.js';
import { promotion } from './promotion.js';
import { promotionLimit } from './promotionLimit.js';
import { promotionLimitUsage } from './promotionLimitUsage.js';
import { promotionLoyaltyPtnrProdt } from './promotionLoyaltyPtnrProdt.js';
import { promotionMarketSegment } from './promotionMarketSegment.js';
import { promotionPartyUsage } from './promotionPartyUsage.js';
import { promotionPartyUsageDetail } from './promotionPartyUsageDetail.js';
import { promotionProduct } from './promotionProduct.js';
import { promotionProductCategory } from './promotionProductCategory.js';
import { promotionQualifier } from './promotionQualifier.js';
import { promotionRuleTemplate } from './promotionRuleTemplate.js';
import { promotionSegment } from './promotionSegment.js';
import { promotionStage } from './promotionStage.js';
import { promotionTarget } from './promotionTarget.js';
import { promotionTier } from './promotionTier.js';
import { recentlyViewed } from './recentlyViewed.js';
import { recordType } from './recordType.js';
import { referral } from './referral.js';
import { retailStore } from './retailStore.js';
import { ruleLibrary } from './ruleLibrary.js';
import { transactionJournal } from './transactionJournal.js';
import { unitOfMeasure } from './unitOfMeasure.js';
import { usageResource } from './usageResource.js';
import { usageSummary } from './usageSummary.js';
import { user } from './user.js';
import { withViewDates } from './viewDates.js';
import { voucher } from './voucher.js';
import { voucherDefinition } from './voucherDefinition.js';

/** All objects of the local org, by name. */
export const sObjects: readonly SObjectDefinition[] = [
  account,
  actionableList,
  asset,
  batchCalcJobDefinitionView,
  batchJob,
  batchJobDefinition,
  batchJobPart,
  batchJobPartFailedRecord,
  batchJobStatusChangedEvent,
  batchProcessJobDefView,
  benefit,
  benefitAction,
  benefitActionParameter,
  benefitParameterValue,
  benefitType,
  campaign,
  customerCase,
  contact,
  coupon,
  couponCodeRedemption,
  digitalPass,
  digitalPassTemplate,
  digitalPassTmplParameter,
  engagementChannelType,
  entityDefinition,
  fieldDefinition,
  ...fileObjects,
  gameDefinition,
  gameParticipant,
  gameParticipantReward,
  gameReward,
  group,
  internalOrganizationUnit,
  journalReason,
  journalSubType,
  journalType,
  listView,
  loyaltyAggrPointExprLedger,
  loyaltyLedger,
  loyaltyLedgerTraceability,
  loyaltyMemberCurrency,
  loyaltyMemberTier,
  loyaltyMembershipLifecycle,
  loyaltyPartnerProduct,
  loyaltyPgmCurrencyExtPrd,
  loyaltyPgmCurrencySubtype,
  loyaltyPgmEngmtAttrProm,
  loyaltyPgmEngmtAttribute,
  loyaltyPgmGroupMbrRlnsp,
  loyaltyPgmMbrAttributeVal,
  loyaltyPgmMbrLinkedPtnr,
  loyaltyPgmMbrPromEligView,
  loyaltyPgmPartnerCurrency,
  loyaltyPgmPartnerPromotion,
  loyaltyPgmPtnrLdgrSummary,
  loyaltyPgmPtnrPrepaidPack,
  loyaltyProgram,
  loyaltyProgramBadge,
  loyaltyProgramCurrency,
  loyaltyProgramCurrencyTier,
  loyaltyProgramJournalType,
  loyaltyProgramMbrPromotion,
  loyaltyProgramMember,
  loyaltyProgramMemberBadge,
  loyaltyProgramMemberCase,
  loyaltyProgramMemberMerge,
  loyaltyProgramPartner,
  loyaltyProgramPartnerLedger,
  loyaltyProgramProcess,
  loyaltyProgramProcessParameter,
  loyaltyProgramProcessRule,
  loyaltyProgramProcessRuleVersion,
  loyaltyProgramSetup,
  loyaltyProgramWidget,
  loyaltyTier,
  loyaltyTierBenefit,
  loyaltyTierEligibilitySrc,
  loyaltyTierGroup,
  loyaltyTierMshpFeeOption,
  loyaltyTierPromotion,
  marketSegment,
  memberBenefit,
  opportunity,
  opportunityStage,
  order,
  orderItem,
  organization,
  ...permissionObjects,
  product2,
  productCatalog,
  productCategory,
  profile,
  promotion,
  promotionLimit,
  promotionLimitUsage,
  promotionLoyaltyPtnrProdt,
  promotionMarketSegment,
  promotionPartyUsage,
  promotionPartyUsageDetail,
  promotionProduct,
  promotionProductCategory,
  promotionQualifier,
  promotionRuleTemplate,
  promotionSegment,
  promotionStage,
  promotionTarget,
  promotionTier,
  recentlyViewed,
  recordType,
  referral,
  retailStore,
  ruleLibrary,
  transactionJournal,
  unitOfMeasure,
  usageResource,
  usageSummary,
  user,
  voucher,
  voucherDefinition,
].map(withViewDates);

const byName = new Map(sObjects.map((definition) => [definition.name.toLowerCase(), definition]));

/** Returns the definition of an object. Case is ignored in its name. */
export function sObjectByName(name: string): SObjectDefinition | undefined {
  return byName.get(name.toLowerCase());
}
