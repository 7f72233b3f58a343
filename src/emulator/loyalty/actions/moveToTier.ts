import { changeTierAction, changeTierWhenNoErrors, getTierAction } from '../../../contract/actions/tierActions.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { ProcessFailure } from '../processFailure.js';
import { numberOf } from '../rowValues.js';
import { tierGroupNamed, tierNamed } from '../tiers/programTiers.js';
import { programNamed } from './pointsMove.js';
import { serveAction } from './servedAction.js';
import type { ActionCall } from './servedAction.js';

type TierCall = ActionCall<typeof getTierAction.inputs>;

export const changeTierByAction = serveAction(changeTierAction, (loyalty, call) => changeOne(loyalty, call, undefined));

/** One that fails undoes the others. */
export const changeAllTiers = serveAction(
  changeTierWhenNoErrors,
  (loyalty, call) => changeOne(loyalty, call, call.inputs.text('ChangeReasonType')),
  { isAllOrNone: true },
);

export const tierByAction = serveAction(getTierAction, (loyalty, call) => {
  const { member, group, repeated } = subjectOf(loyalty, call);
  const held = loyalty.engine.tiers.read(call.writing, [member.Id], loyalty.today()).held(member.Id, group.Id);
  const tier = held && call.writing.store.get('LoyaltyTier', held.tierId);
  if (!tier) throw new ProcessFailure(`The member has no tier in the tier group ${String(group['Name'])}.`);
  return { ...repeated, TierName: String(tier['Name']), SequenceNumber: numberOf(tier, 'SequenceNumber') };
});

/** The texts of failures are made up, because none are published. A tier that the member has already is kept as it is. */
function changeOne(
  loyalty: LoyaltyOrg,
  call: ActionCall<typeof changeTierAction.inputs>,
  reasonType: string | undefined,
) {
  const { writing, inputs } = call;
  const { member, group, repeated } = subjectOf(loyalty, call);
  const rung = tierNamed(writing.store, [group], inputs.text('TargetTierName') ?? '');
  const tiers = loyalty.engine.tiers.read(writing, [member.Id], loyalty.today());
  const reason = inputs.text('ChangeReason') ?? null;
  tiers.enter({ memberId: member.Id, groupId: group.Id, rung, reason, ...(reasonType && { reasonType }) });
  tiers.save();
  return { ...repeated, TargetTierName: rung.name };
}

interface Subject {
  readonly member: SObjectRow;
  readonly group: SObjectRow;
  /** What the answer repeats, as the org spells it. */
  readonly repeated: {
    readonly LoyaltyProgramMemberId: string;
    readonly ProgramName: string;
    readonly TierGroupName: string;
  };
}

function subjectOf(loyalty: LoyaltyOrg, { writing: { store }, inputs }: TierCall): Subject {
  const member = inputs.record('LoyaltyProgramMemberId', store, 'LoyaltyProgramMember');
  const program = programNamed(loyalty, inputs.text('ProgramName') ?? '');
  if (member['ProgramId'] !== program.id) throw new ProcessFailure(`The member does not belong to ${program.name}.`);
  const group = tierGroupNamed(store, program, inputs.text('TierGroupName') ?? '');
  const repeated = {
    LoyaltyProgramMemberId: member.Id,
    ProgramName: program.name,
    TierGroupName: String(group['Name']),
  };
  return { member, group, repeated };
}
