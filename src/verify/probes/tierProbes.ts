import { standardActions } from '../../contract/actions/index.js';
import { at, listAt } from '../probeAnswer.js';
import { compared } from '../probe.js';
import type { Probe } from '../probe.js';

const { assignTierBenefits, changeTier, changeTierWhenNoErrors, executeMemberBenefit, getTier } = standardActions;
const actions = [assignTierBenefits, changeTier, changeTierWhenNoErrors, executeMemberBenefit, getTier];

export const tierProbes: readonly Probe[] = [
  {
    id: 'inputs-of-tier-actions',
    assumption:
      'changeTier, changeTierWhenNoErrors, getTier, assignTierBenefits and executeMemberBenefit are known by the names ' +
      'that flows use, and describe lists their inputs as the contract has them, without case.',
    needs: [],
    calls: actions.length,
    ask: async (org) => {
      const seen: string[] = [];
      for (const { name } of actions) {
        const { json } = await org.ask('GET', `/actions/standard/${name}`);
        const inputs = listAt(json, 'inputs').map((each) => String(at(each, 'name')).toLowerCase());
        seen.push(`${name}: ${inputs.sort().join(' ')}`);
      }
      const expected = actions.map(({ name, inputs }) => {
        const names = Object.keys(inputs).map((each) => each.toLowerCase());
        return `${name}: ${names.sort().join(' ')}`;
      });
      return compared(seen, expected);
    },
  },
];
