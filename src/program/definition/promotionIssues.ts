import { danglingName, namesOf, repeatedNames } from './definitionIssue.js';
import type { DefinitionIssue } from './definitionIssue.js';
import type { ProgramShape } from './programShape.js';
import type { Promotion, PromotionReward } from './promotionShapes.js';

type Path = DefinitionIssue['path'];

/** Yields promotions whose fields do not fit together, and what they refer to in vain. */
export function* promotionIssues(program: ProgramShape): Generator<DefinitionIssue> {
  const attributes = { section: 'engagementAttributes', names: namesOf(program.engagementAttributes) };
  for (const [index, promotion] of program.promotions.entries()) {
    const path = ['promotions', index];
    yield* targetIssues(path, promotion);
    yield* enrollmentIssues(path, promotion);
    if (promotion.reward) yield* rewardTarget([...path, 'reward'], promotion.reward, program);
    yield* repeatedNames([...path, 'engagementAttributes'], promotion.engagementAttributes);
    for (const [attributeIndex, name] of promotion.engagementAttributes.entries()) {
      yield* danglingName([...path, 'engagementAttributes', attributeIndex], name, attributes);
    }
  }
}

function* targetIssues(path: Path, promotion: Promotion): Generator<DefinitionIssue> {
  const { type, target, timesPerMember, engagementAttributes } = promotion;
  if (type === 'Standard' && target !== undefined) {
    yield { path: [...path, 'target'], message: 'only a Cumulative promotion has a target' };
  }
  if (type === 'Cumulative' && target === undefined && engagementAttributes.length === 0) {
    const message = 'a Cumulative promotion needs a target, or engagementAttributes that count for it';
    yield { path, message };
  }
  if (timesPerMember !== undefined && target === undefined) {
    yield { path: [...path, 'timesPerMember'], message: 'only a promotion with a target starts again' };
  }
}

function* enrollmentIssues(path: Path, promotion: Promotion): Generator<DefinitionIssue> {
  const { enrollmentRequired, enrollmentStartDate, enrollmentEndDate } = promotion;
  if (enrollmentRequired || (enrollmentStartDate ?? enrollmentEndDate) === undefined) return;
  const key = enrollmentStartDate === undefined ? 'enrollmentEndDate' : 'enrollmentStartDate';
  yield { path: [...path, key], message: 'only a promotion with enrollmentRequired: true has enrollment dates' };
}

function* rewardTarget(path: Path, reward: PromotionReward, program: ProgramShape): Generator<DefinitionIssue> {
  if ('voucher' in reward) {
    const section = { section: 'voucherDefinitions', names: namesOf(program.voucherDefinitions) };
    yield* danglingName([...path, 'voucher'], reward.voucher, section);
  } else {
    const section = { section: 'currencies', names: namesOf(program.currencies) };
    yield* danglingName([...path, 'currency'], reward.currency, section);
  }
}
