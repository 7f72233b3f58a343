import { RuleFailure } from '../../../../rules/index.js';
import type { RuleEffect, RuleValue } from '../../../../rules/index.js';
import { OrgRefusal } from '../../../orgRefusal.js';
import type { GivenValues } from '../../../store/values/validateRow.js';
import type { ActionCallOf, RuleActionHandlers } from './ruleAction.js';
import { requiredText } from './ruleInputs.js';

/** Creates and updates records of any object. A blank value empties the field. */
export const recordRuleActions: RuleActionHandlers = { Crud: write };

const words: ReadonlySet<string> = new Set(['_action', '_entity', 'id']);

function write({ call, writing }: ActionCallOf): RuleEffect {
  const { store, userId } = writing;
  const { target = '' } = call;
  const fields = [...call.inputs].filter(([name]) => !words.has(name.toLowerCase()));
  const values: GivenValues = Object.fromEntries(fields.map(([name, value]) => [name, stored(value)]));
  const told = fields.map(([name, value]) => `${name} = ${shown(value)}`).join(', ');
  try {
    if (call.crud === 'create') {
      const id = store.insert(target, values, { as: 'org', userId });
      return { outputs: new Map([['_outputId', id]]), change: `${target} created: ${told}` };
    }
    const id = requiredText(call, 'Id');
    store.update(target, id, values, { as: 'org', userId });
    return { outputs: new Map([['_outputId', id]]), change: `${target} updated: ${told}` };
  } catch (error) {
    if (!(error instanceof OrgRefusal)) throw error;
    throw new RuleFailure(`${call.name}: ${error.message}`, { cause: error });
  }
}

function stored(value: RuleValue): string | number | boolean | null {
  if (typeof value !== 'object' || value === null) return value;
  if (value.is === 'Date') return value.day;
  if (value.is === 'DateTime') return value.moment;
  throw new RuleFailure('A record cannot be the value of a field.');
}

function shown(value: RuleValue): string {
  const plain = stored(value);
  return plain === null ? '(blank)' : String(plain);
}
