/** `sf-plugin-loyalty/insight`: who is near a reward, who is in a segment, and how a program does. */
export { InsightCache } from './cache/insightCache.js';
export { InsightCacheError } from './cache/insightCacheError.js';
export { dayInZone } from '../base/dayInZone.js';
export type { CacheOwner } from './cache/insightCache.js';
export { refreshCache } from './cache/refreshCache.js';
export type { CacheRefreshOptions, RefreshReport } from './cache/refreshCache.js';
export { planReading } from './cache/readingPlan.js';
export type { ObjectPlan, ReadingPlan } from './cache/readingPlan.js';
export { requireContactFields } from './near/nearMember.js';
export { withNames } from './near/nearContacts.js';
export type { ContactQuestion, NamedMember } from './near/nearContacts.js';
export { nearMembers } from './near/nearMembers.js';
export { rewardKinds } from './near/nearReward.js';
export type { NearContact, NearQuestion, NearReward, RewardKind, VoucherCost } from './near/nearReward.js';
export { NearFile } from './near/nearFile.js';
export type { NearFileOptions } from './near/nearFile.js';
export { exportFormatOf, exportFormats } from './rowLines.js';
export type { ExportFormat } from './rowLines.js';
export { NearMemory } from './near/nearMemory.js';
export { rewardTemplate, templateNames } from './near/rewardTemplate.js';
export { openInsight } from './openInsight.js';
export type { InsightOptions } from './openInsight.js';
export { readProgramFacts, spendableCurrency } from './programFacts.js';
export type { ProgramFacts } from './programFacts.js';
export { programReport } from './programReport.js';
export type { ProgramReport, ReportedGroup, ReportedMeasure, ReportOptions } from './programReport.js';
export { measureDefinitions, measureKeys, measureUnits } from './kpi/measureDefinitions.js';
export type { MeasureDefinition, MeasureKey, MeasureUnit } from './kpi/measureDefinitions.js';
export { readEvents } from './events/readEvents.js';
export { EventFile } from './events/programEvent.js';
export type { ProgramEvent } from './events/programEvent.js';
export { eventRows } from './events/eventRows.js';
export type { EventRow } from './events/eventRows.js';
export { eventSpans } from './events/reportedEvents.js';
export type { EventGroup, EventSpan, EventSpanName, ReportedEvent } from './events/reportedEvents.js';
export { GoalFile } from './goals/goal.js';
export { readGoals } from './goals/readGoals.js';
export type { Goal } from './goals/goal.js';
export { goalWords } from './goals/goalWords.js';
export { goalStates } from './goals/goalPace.js';
export type { GoalState } from './goals/goalPace.js';
export type { ReportedGoal } from './goals/reportedGoals.js';
export { changeText, measureText } from './measureText.js';
export { reportPage } from './page/reportPage.js';
export type { ReportPageFrame } from './page/reportPage.js';
export { isReportPage } from './page/pageMark.js';
export { memberGroupings } from './kpi/memberGroups.js';
export type { MemberGrouping } from './kpi/memberGroups.js';
export type { MonthOfProgram } from './kpi/monthlyMeasures.js';
export { daysText, lastMonth, periodBefore, readPeriod } from './reportPeriod.js';
export type { ReportPeriod } from './reportPeriod.js';
export { builtInSegments, withBuiltIn } from './segments/builtInSegments.js';
export { computeFeatures } from './segments/computeFeatures.js';
export type { FeatureOptions } from './segments/computeFeatures.js';
export type { FeatureWindows } from './segments/featureWindows.js';
export { featureNames, memberFeatures } from './segments/memberFeatures.js';
export type { FeatureDefinition, FeatureName } from './segments/memberFeatures.js';
export { readSegments } from './segments/readSegments.js';
export { nearExpiry } from './segments/nearExpiry.js';
export type { ExpiryQuestion } from './segments/nearExpiry.js';
export { SegmentRows } from './segments/segmentRows.js';
export type { DescribedMember } from './segments/segmentRows.js';
export { segmentsText } from './segments/segmentsText.js';
export { UnknownSegmentTierError } from './segments/segmentTiers.js';
export { segmentMembers } from './segments/segmentMembers.js';
export type { FeatureValue, SegmentMember } from './segments/segmentMembers.js';
export { segmentReport } from './segments/segmentReport.js';
export type { ReportedSegment, SegmentFigures, SegmentReport } from './segments/segmentReport.js';
export { FeatureComparison, SegmentDefinition, SegmentFile } from './segments/segmentShape.js';
export type { SegmentCondition } from './segments/segmentShape.js';
export {
  BadPeriodError,
  BulkQueryFailedError,
  NearMemoryError,
  ListFileError,
  UnknownEventPartError,
  UnknownVoucherDefinitionError,
} from './insightErrors.js';
