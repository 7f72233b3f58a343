import { expect } from 'chai';
import { join } from 'node:path';
import { LoyaltyClient } from '../../../../src/client/index.js';
import { Emulator } from '../../../../src/emulator/index.js';
import type { EmulatorOptions } from '../../../../src/emulator/index.js';
import { createProgram, readDefinition } from '../../../../src/program/index.js';
import type { ProgramDefinition } from '../../../../src/program/index.js';
import { RulesSourceError } from '../../../../src/rules/index.js';
import { harbourFolder } from '../../../rules/source/harbourRules.js';

/** Starts an org with the rules of the fixture and a changed program, and returns what it says. */
async function startedWith(
  change: (definition: ProgramDefinition) => Partial<ProgramDefinition>,
  options: EmulatorOptions = {},
): Promise<readonly string[]> {
  const { definition } = await readDefinition(join(harbourFolder, 'program.yml'));
  try {
    await using org = await Emulator.start({
      source: harbourFolder,
      seed: async ({ url }) => {
        const client = await LoyaltyClient.connect({ instanceUrl: url, clientId: 'test', clientSecret: 'none' });
        await createProgram(client, { ...definition, members: [], ...change(definition) });
      },
      ...options,
    });
    return org.warnings;
  } catch (error) {
    if (!(error instanceof RulesSourceError)) throw error;
    return error.issues.map(({ place, message }) => `${place.line}: ${message}`);
  }
}

describe('the start of a local org with rules', () => {
  it('has nothing to say where the org has all that they refer to, and warns of steps that never run', async () => {
    const warnings = await startedWith(() => ({}));
    expect(warnings.join('\n')).to.contain('Tell the old till');
    expect(warnings.filter((warning) => !warning.includes('mapping'))).to.deep.equal([]);
  });

  it('is refused with the name and line of each record that the program lacks', async () => {
    const issues = await startedWith(({ promotions, engagementAttributes, voucherDefinitions }) => ({
      promotions: promotions.filter(({ name }) => name !== 'Ten Cups'),
      engagementAttributes: engagementAttributes.filter(({ name }) => name !== 'Pier Visits'),
      voucherDefinitions: voucherDefinitions.map((each) => ({ ...each, name: 'Free Drinks' })),
    }));
    const messages = issues.map((issue) => issue.replace(/^\d+: /, ''));
    expect([...new Set(messages)].sort()).to.deep.equal([
      'the engagement attribute "Pier Visits" does not exist; known are "Balance", "Cups"',
      'the promotion "Ten Cups" does not exist; known is "Double Points Weekend"',
      'the voucher definition "Free Drink" does not exist; did you mean "Free Drinks"?',
    ]);
    expect(issues.every((issue) => Number.parseInt(issue, 10) > 1)).to.equal(true);
  });

  it('is refused for fields and objects that the org lacks, also of a decision table without rows', async () => {
    const issues = await startedWith(() => ({}), {
      outsideRules: { flow: () => undefined, decide: () => [] },
    });
    expect(issues.map((issue) => issue.replace(/^\d+: /, ''))).to.deep.equal([
      'the object "Drink_Multiplier__c" does not exist',
    ]);
  });

  it('warns of rules whose program is not there yet', async () => {
    const warnings = await startedWith(() => ({}), { seed: () => undefined });
    expect(warnings.at(-1)).to.match(/^The org has no program Harbour Rewards yet, so what its rules in .* was not/);
  });
});
