import { at, listAt, outcome } from '../probeAnswer.js';
import { compared } from '../probe.js';
import type { Probe } from '../probe.js';
import type { ProbedOrg } from '../probedOrg.js';

const needs = ['program', 'members'] as const;

function keys(org: ProbedOrg, member: number): { memberId: string; promotionId: string } {
  const { members, ids, names } = org.program;
  return { memberId: members[member]?.id ?? '', promotionId: ids.get(`Promotion ${names.counting}`) ?? '' };
}

async function usage(org: ProbedOrg, member: number, field: string): Promise<unknown> {
  const { memberId, promotionId } = keys(org, member);
  const [row] = await org.rows(
    `SELECT ${field} FROM LoyaltyProgramMbrPromotion ` +
      `WHERE LoyaltyProgramMemberId = '${memberId}' AND PromotionId = '${promotionId}'`,
  );
  return row?.[field];
}

export const progressProbes: readonly Probe[] = [
  {
    id: 'usage-percent-filterable',
    assumption: 'CumulativeUsageCompletePercent can be filtered and sorted.',
    needs: [],
    calls: 1,
    ask: async (org) => {
      const soql =
        'SELECT Id FROM LoyaltyProgramMbrPromotion WHERE CumulativeUsageCompletePercent >= 80 ' +
        'ORDER BY CumulativeUsageCompletePercent DESC LIMIT 1';
      return compared(outcome(await org.query(soql)), '200');
    },
  },
  {
    id: 'attribute-paths',
    assumption: 'The paths LoyaltyProgramEngmtAttr.* and Promotion.LoyaltyProgram.Name work as written.',
    needs: [],
    calls: 1,
    ask: async (org) => {
      const soql =
        'SELECT LoyaltyProgramEngmtAttr.Id, LoyaltyProgramEngmtAttr.Name, LoyaltyProgramEngmtAttr.TargetValue, ' +
        "Promotion.Id FROM LoyaltyPgmEngmtAttrProm WHERE Promotion.LoyaltyProgram.Name = 'Probe' " +
        "AND LoyaltyProgramEngmtAttr.Status = 'Active'";
      return compared(outcome(await org.query(soql)), '200');
    },
  },
  {
    id: 'usage-percent-scale',
    assumption: 'Seven of ten uses are 70 percent: the scale is 0 to 100.',
    needs,
    calls: 5,
    ask: async (org) => {
      await org.client.progress.set({ ...keys(org, 0), to: 7 });
      return compared(await usage(org, 0, 'CumulativeUsageCompletePercent'), 70);
    },
  },
  {
    id: 'usage-percent-cap',
    assumption: 'CumulativeUsageCompletePercent ends at 999.99.',
    needs,
    calls: 5,
    ask: async (org) => {
      await org.client.progress.set({ ...keys(org, 0), to: 150 });
      return compared(await usage(org, 0, 'CumulativeUsageCompletePercent'), 999.99);
    },
  },
  {
    id: 'progress-does-not-enroll',
    assumption: 'Setting progress on a missing row does not enroll the member.',
    needs,
    calls: 6,
    ask: async (org) => {
      await org.client.progress.set({ ...keys(org, 1), to: 1 });
      return compared(await usage(org, 1, 'IsEnrollmentActive'), false);
    },
  },
  {
    id: 'usage-target-follows-promotion',
    assumption: 'CumulativeUsageTarget follows later changes of the promotion.',
    needs,
    calls: 7,
    ask: async (org) => {
      const { promotionId } = keys(org, 1);
      await org.client.progress.set({ ...keys(org, 1), to: 1 });
      await org.client.sobjects.update('Promotion', promotionId, { CumulativeUsageTarget: 20 });
      const target = await usage(org, 1, 'CumulativeUsageTarget');
      await org.client.sobjects.update('Promotion', promotionId, { CumulativeUsageTarget: 10 });
      return compared(target, 20);
    },
  },
  {
    id: 'usage-counts-past-target',
    assumption: 'The action counts uses past the target of the promotion.',
    needs,
    calls: 5,
    ask: async (org) => {
      await org.client.progress.set({ ...keys(org, 0), to: 10 });
      const { completed } = await org.client.progress.advance({ ...keys(org, 0), by: 2 });
      return compared(completed, 12);
    },
  },
  {
    id: 'actions-keep-good-inputs',
    assumption: 'If one of several inputs of an action is bad, the others are kept and the answer is 400.',
    needs,
    calls: 6,
    ask: async (org) => {
      await org.client.progress.set({ ...keys(org, 0), to: 1 });
      const { memberId: loyaltyProgramMemberId, promotionId } = keys(org, 0);
      const good = { loyaltyProgramMemberId, promotionId, usageIncrementForCumulativePromotion: 1 };
      const inputs = [good, { ...good, promotionId: memberIdOf(org) }];
      const name = 'updateProgressForCumulativePromotionUsage';
      const answer = await org.ask('POST', `/actions/standard/${name}`, { body: { inputs } });
      const successes = listAt(answer, 'json').map((element) => at(element, 'isSuccess'));
      const count = await usage(org, 0, 'CumulativeUsageCompleted');
      return compared([answer.status, successes, count], [400, [true, false], 2]);
    },
  },
];

/** Returns an Id that does not belong to a promotion. */
function memberIdOf(org: ProbedOrg): string {
  return org.program.members[0]?.id ?? '';
}
