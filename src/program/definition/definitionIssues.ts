import { currencyIssues, tierGroupIssues } from './currencyIssues.js';
import { namesOf, repeatedNames } from './definitionIssue.js';
import type { DefinitionIssue } from './definitionIssue.js';
import { memberIssues } from './memberIssues.js';
import { periodIssues } from './periodIssues.js';
import { processIssues } from './processIssues.js';
import type { ProgramShape } from './programShape.js';
import { promotionIssues } from './promotionIssues.js';
import { rewardIssues } from './rewardIssues.js';

/**
 * Yields the mistakes that no schema can express: names that are used twice or do not exist, and fields that do not fit
 * together.
 */
export function* definitionIssues(program: ProgramShape): Generator<DefinitionIssue, void, void> {
  yield* ambiguousNames(program);
  yield* tierGroupIssues(program);
  yield* currencyIssues(program);
  yield* rewardIssues(program);
  yield* promotionIssues(program);
  yield* periodIssues(program);
  yield* processIssues(program);
  yield* memberIssues(program);
}

const namedSections = [
  'tierGroups',
  'currencies',
  'benefitTypes',
  'benefits',
  'journalTypes',
  'voucherDefinitions',
  'engagementAttributes',
  'promotions',
  'badges',
  'partners',
  'processes',
] as const satisfies readonly (keyof ProgramShape)[];

function* ambiguousNames(program: ProgramShape): Generator<DefinitionIssue> {
  for (const section of namedSections) yield* repeatedNames([section], namesOf(program[section]));
  for (const [index, { tiers }] of program.tierGroups.entries()) {
    yield* repeatedNames(['tierGroups', index, 'tiers'], namesOf(tiers));
  }
  for (const [index, { subtypes }] of program.journalTypes.entries()) {
    yield* repeatedNames(['journalTypes', index, 'subtypes'], subtypes);
  }
}
