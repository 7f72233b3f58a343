import type { RuleActionHandlers } from './ruleAction.js';
import { textOf } from '../../../../rules/index.js';

/** Nothing is sent: the trace says what would be. */
export const mailRuleActions: RuleActionHandlers = {
  SendMail: ({ call, journal }) => {
    const told = [...call.inputs].map(([name, value]) => `${name} = ${textOf(value)}`).join(', ');
    return { change: `mail to ${journal.membershipNumber}${told === '' ? '' : `: ${told}`}` };
  },
};
