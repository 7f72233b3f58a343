import { tierProcessing } from '../../../contract/templates/tierTemplates.js';
import { ProcessFailure } from '../processFailure.js';
import { textOrNull } from '../rowValues.js';
import { tierGroupsOf, tierNamed } from '../tiers/programTiers.js';
import { memberOf, serveProcess } from './processCall.js';

/**
 * Template TierProcessing: puts a member into the tier of a name. The tier group is that of the process, else any of the
 * program. The previous tier is null for a member who had none. Nothing changes for one who has the tier already.
 */
export const changeTierProcess = serveProcess(tierProcessing, (call) => {
  const { writing, program, process, inputs, loyalty } = call;
  const { store } = writing;
  const member = memberOf(call);
  const wanted = inputs.text('NewTier');
  if (wanted === undefined) throw new ProcessFailure('NewTier is missing.');
  const own = textOrNull(process, 'LoyaltyTierGroupId');
  const groups = tierGroupsOf(store, program.id).filter(({ Id }) => own === null || Id === own);
  const rung = tierNamed(store, groups, wanted);
  const book = loyalty.engine.tiers;
  const tiers = book.read(writing, [member.id], loyalty.today());
  const before = tiers.held(member.id, rung.groupId);
  const reason = inputs.text('ReasonForChange') ?? null;
  tiers.enter({ memberId: member.id, groupId: rung.groupId, rung, reason });
  tiers.save();
  const after = book.read(writing, [member.id], loyalty.today()).held(member.id, rung.groupId);
  return [
    {
      CurrentTier: rung.name,
      PreviousTier: textOrNull(before && store.get('LoyaltyTier', before.tierId), 'Name'),
      EffectiveDate: after?.since ?? null,
      TierExpirationDate: after?.until ?? null,
    },
  ];
});
