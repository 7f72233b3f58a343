import { Emulator } from '../../../src/emulator/index.js';
import type { EmulatorOptions } from '../../../src/emulator/index.js';
import { loadProgramRules } from '../../../src/rules/index.js';
import type { ProgramRules } from '../../../src/rules/index.js';
import { outsideUses } from '../../../src/rules/outside/outsideUses.js';
import { processConditions } from '../../../src/rules/source/walkRules.js';
import { flowsOf } from './realProgramFlows.js';
import type { Returned } from './realProgramFlows.js';
import { createWhatRulesName, customFieldsOf, RulesFolder } from './realProgramOrg.js';

interface RealProgramOptions extends Pick<EmulatorOptions, 'clock'> {
  /** Membership numbers. */
  readonly members: readonly string[];
  readonly returned: () => Returned;
}

/** Starts a local org with a program that was retrieved from an org, and with answers for its flows and its table. */
export async function startRealProgram(
  file: string,
  { members, returned, ...options }: RealProgramOptions,
): Promise<{ readonly org: Emulator; readonly program: string }> {
  const [rules] = await loadProgramRules(file);
  if (!rules) throw new Error('The file has no program.');
  const [table] = outsideUses([rules], 'GetOutputsFromDecisionTable');
  const rows = `if ${table?.action.inputs[0]?.name},then Multiplier__c\nSingle,1\nDouble,2\n`;
  await using folder = await RulesFolder.of(file, { [`decisionTables/${table?.name}.csv`]: rows });
  const org = await Emulator.start({
    ...options,
    source: folder.path,
    flows: flowsOf(rules, returned),
    customFields: customFieldsOf(rules),
    settings: { allowNegativeBalance: true },
    seed: (created) => {
      createWhatRulesName(rules, created, members);
      created.store.insert('Product2', { Name: 'In the promotion', ProductCode: promotedCode(rules) });
    },
  });
  return { org, program: rules.label };
}

/** A product that the promotion of the program names. */
function promotedCode({ processes }: ProgramRules): string {
  const criteria = processes.flatMap((each) => processConditions(each).flatMap(({ criteria: all }) => all));
  return criteria.find(({ field }) => field.endsWith('.ProductCode'))?.text ?? '';
}
