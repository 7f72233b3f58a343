import type { LoyaltyClient } from '../../src/client/index.js';
import { mergeLoyaltyProgramMembership } from '../../src/contract/actions/mergeActions.js';
import type { ModelledProgram, ModelMember } from './programModel.js';

/** Merges of one call. */
const atOnce = 200;

/** Merges every so many-th active member into the next one, in the org and in the model. */
export async function mergeMembers(
  client: LoyaltyClient,
  model: ModelledProgram,
  every: number,
): Promise<ModelledProgram> {
  const active = model.members.filter(({ status }) => status === 'Active');
  const pairs = active.flatMap((source, index) => {
    const target = active[index + 1];
    return index % every === 0 && target ? [{ source, target }] : [];
  });
  for (let index = 0; index < pairs.length; index += atOnce) {
    const inputs = pairs.slice(index, index + atOnce).map(({ source, target }) => ({
      sourceLoyaltyProgramMemberId: source.id,
      targetLoyaltyProgramMemberId: target.id,
      reasonForMergingMemberships: 'The same person',
      shouldTransferVouchers: true,
    }));
    for (const outcome of await client.actions.runEach(mergeLoyaltyProgramMembership, inputs))
      if ('error' in outcome) throw outcome.error;
  }
  const targets = new Map(pairs.map(({ source, target }) => [source, target]));
  const changed = new Map<ModelMember, ModelMember>(
    pairs.flatMap(({ source, target }) => [
      [source, { ...source, status: 'Merged', tierPoints: 0 }],
      [target, { ...target, tierPoints: target.tierPoints + source.tierPoints }],
    ]),
  );
  const nowOf = (member: ModelMember): ModelMember => changed.get(member) ?? member;
  const ownerOf = (member: ModelMember): ModelMember => nowOf(targets.get(member) ?? member);
  return {
    ...model,
    members: model.members.map(nowOf),
    events: model.events.map((event) => ({ ...event, member: ownerOf(event.member) })),
    vouchers: model.vouchers.map((voucher) => ({
      ...voucher,
      member: voucher.status === 'Issued' ? ownerOf(voucher.member) : nowOf(voucher.member),
    })),
  };
}
