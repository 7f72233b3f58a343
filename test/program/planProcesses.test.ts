import { expect } from 'chai';
import type { LoyaltyClient } from '../../src/client/index.js';
import { Emulator } from '../../src/emulator/index.js';
import { applyPlan, createProgram, planProgram } from '../../src/program/index.js';
import type { PlanEntry, ProcessWay, ProgramDefinitionInput } from '../../src/program/index.js';
import { clientOf } from './localOrg.js';
import { wholeDefinition } from './wholeDefinition.js';

const { members: _members, ...definition } = wholeDefinition;
const [first, ...others] = definition.processes ?? [];
const renamed = [{ ...first!, status: 'Inactive' as const }, ...others];

describe('The processes of a plan', () => {
  let org: Emulator;
  let client: LoyaltyClient;

  beforeEach(async () => {
    org = await Emulator.start();
    client = await clientOf(org);
  });

  afterEach(() => org.stop());

  async function planned(processes: ProcessWay, wanted: ProgramDefinitionInput = definition): Promise<PlanEntry[]> {
    const { entries } = await planProgram(client, wanted, { processes });
    return entries.filter(({ object }) => /Process$|Setup$/.test(object));
  }

  it('are deployed all together, after the records that they name, and are not written as records', async () => {
    const plan = await planProgram(client, definition, { processes: 'deploy' });
    const deployed: string[][] = [];
    const deployProcesses = async (entries: readonly PlanEntry[]): Promise<void> => {
      expect(org.store.first('JournalSubType', { Name: 'Review' })).not.to.equal(undefined);
      deployed.push(entries.map(({ name }) => name));
    };
    const { counts } = await applyPlan(client, plan, { deployProcesses });
    expect(deployed).to.deep.equal([definition.processes?.map(({ name }) => name)]);
    expect(counts.created).to.be.above(4);
    expect(org.store.count('LoyaltyProgramProcess')).to.equal(0);
  });

  it('are not overwritten by a deploy without the rules that they have', async () => {
    await createProgram(client, definition);
    expect(actionsOf(await planned('deploy'))).to.deep.equal(['leave']);
    const differing = await planned('deploy', { ...definition, processes: renamed });
    expect(actionsOf(differing)).to.deep.equal(['cannot']);
    expect(differing[0]?.reason).to.contain('Retrieve LoyaltyProgramSetup');
    const withRules = await planned('deploy', { ...definition, processes: renamed, rules: 'rules.xml' });
    expect(actionsOf(withRules)).to.deep.equal(['change']);
  });

  it('are left alone if they are skipped', async () => {
    expect(actionsOf(await planned('skip'))).to.deep.equal(['leave']);
  });

  it('come with the file of rules alone, where the org has none', async () => {
    const rules = { ...definition, processes: [], rules: 'rules.xml' };
    expect((await planned('deploy', rules)).map(({ object, action }) => [object, action])).to.deep.equal([
      ['LoyaltyProgramSetup', 'create'],
    ]);
    await createProgram(client, definition);
    expect(actionsOf(await planned('deploy', rules))).to.deep.equal(['leave']);
  });
});

function actionsOf(entries: readonly PlanEntry[]): string[] {
  return [...new Set(entries.map(({ action }) => action))].sort();
}
