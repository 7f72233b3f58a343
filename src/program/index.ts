/** A loyalty program as code. */
export { ProgramCreationError } from './creationError.js';
export { createExample, exampleOrg } from './createExample.js';
export type { Example, ExampleOptions } from './createExample.js';
export { createProgram } from './createProgram.js';
export { DefinitionError } from './definition/definitionError.js';
export type { DefinitionPlace, PlacedIssue } from './definition/definitionError.js';
export { ProgramDefinition } from './definition/programDefinition.js';
export type { ProgramDefinitionInput } from './definition/programDefinition.js';
export { readDefinition } from './definition/readDefinition.js';
export type { ReadDefinition } from './definition/readDefinition.js';
export { writeDefinition } from './definition/writeDefinition.js';
export { harbourFeed } from './feed/harbourFeed.js';
export { generateMembers } from './feed/generateMembers.js';
export type { HarbourFeedOptions, MembersOptions } from './feed/feedOptions.js';
export { harbourRewards } from './harbourRewards.js';
export { definitionSchema, programTemplate, programTemplates } from './programTemplate.js';
export type { ProgramTemplate, TemplateOptions } from './programTemplate.js';
export { applyPlan } from './apply/applyPlan.js';
export type { ApplyPlanOptions, ProgramCreation } from './apply/applyPlan.js';
export type { ApplyOptions } from './apply/application.js';
export type { AppliedRecord } from './apply/appliedRecord.js';
export { ImpossiblePlanError } from './apply/impossiblePlanError.js';
export { SimultaneousCreationError } from './apply/simultaneousCreation.js';
export type { OpeningBalance } from './plan/openingBalance.js';
export { planProgram } from './plan/planProgram.js';
export type { PlanningClient, PlanOptions } from './plan/planProgram.js';
export { processWays } from './plan/planProcesses.js';
export type { ProcessWay } from './plan/planProcesses.js';
export { hasDrift, planActions } from './plan/programPlan.js';
export type {
  PlanAction,
  PlanEntry,
  PlannedField,
  PlanSource,
  ProgramPlan,
  UntouchedRecord,
} from './plan/programPlan.js';
export type { ProgramClient } from './programClient.js';
export { exportProgram, NoSuchProgramError } from './export/exportProgram.js';
export { ProgramExportError } from './export/fittingExport.js';
export type { ExportOptions, ProgramExport } from './export/exportProgram.js';
export type { NotExported } from './export/exportedRecords.js';
export { badRowReasons } from './transactionFeed/badRows.js';
export type { BadRowReason } from './transactionFeed/badRows.js';
export { FeedCounter } from './transactionFeed/feedCounts.js';
export type { FeedCounts } from './transactionFeed/feedCounts.js';
export type { FeedTransaction } from './transactionFeed/feedLines.js';
export type { GeneratedRow, FeedTruth } from './transactionFeed/feedRows.js';
export { transactionFeed } from './transactionFeed/transactionFeed.js';
export type { TransactionFeed } from './transactionFeed/transactionFeed.js';
export { feedFormats, memberSkews } from './transactionFeed/transactionFeedOptions.js';
export type { GeneratedFormat, MemberSkew, TransactionFeedOptions } from './transactionFeed/transactionFeedOptions.js';
export { truthHeader, truthLine } from './transactionFeed/truthLines.js';
export { programSetupFiles } from './metadata/programSetupFiles.js';
export type { MetadataFile, ProgramSetupQuestion } from './metadata/programSetupFiles.js';
