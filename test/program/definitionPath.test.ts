import { expect } from 'chai';
import { valueAt } from '../../src/base/jsonObject.js';
import { ProgramDefinition } from '../../src/program/index.js';
import type { PlanEntry } from '../../src/program/index.js';
import { definitionPath } from '../../src/program/plan/definitionPath.js';
import { openingBalancesOf } from '../../src/program/plan/openingBalance.js';
import { recordsOf } from '../../src/program/records/definitionRecords.js';
import { wholeDefinition } from './wholeDefinition.js';

const definition = ProgramDefinition.parse(wholeDefinition);
const rest = { action: 'cannot', fields: [] } as const;

function pathText(entry: PlanEntry): string {
  return definitionPath(entry, definition).join('.');
}

describe('definitionPath', () => {
  it('leads from each record of a program to the part of the definition that asks for it', () => {
    for (const record of recordsOf(definition)) {
      const { object, name } = record;
      const entry: PlanEntry = { ...rest, object, name, source: { kind: 'record', record, changed: [] } };
      const part = valueAt(definition, definitionPath(entry, definition));
      expect(part, `${object} ${name}`).to.not.equal(undefined);
      const said = typeof part === 'string' ? part : (part as { readonly name: string }).name;
      // A link is named after what it links, and an account perhaps not like its partner.
      if (object !== 'Account') expect(name.split(' – '), object).to.include(said);
    }
  });

  it('leads to members, their balances, processes and rules', () => {
    const [member] = definition.members;
    const [process] = definition.processes;
    if (!member || !process) throw new Error('The definition has neither members nor processes.');
    const { number } = member;
    const entry = { ...rest, object: 'LoyaltyProgramMember', name: number };
    expect(pathText({ ...entry, source: { kind: 'member', member } })).to.equal('members.0');
    for (const balance of openingBalancesOf(definition.name, [member])) {
      const path = `members.0.openingBalances.${balance.currency}`;
      expect(pathText({ ...entry, object: 'TransactionJournal', source: { kind: 'balance', balance } })).to.equal(path);
    }
    const deployed = { ...rest, source: { kind: 'process' } } as const;
    const setup = { ...deployed, object: 'LoyaltyProgramSetup', name: definition.name };
    expect(pathText({ ...deployed, object: 'LoyaltyProgramProcess', name: process.name })).to.equal('processes.0');
    expect(pathText(setup)).to.equal('rules');
  });
});
