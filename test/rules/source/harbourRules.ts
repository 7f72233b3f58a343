import { join } from 'node:path';
import { loadProgramRules } from '../../../src/rules/index.js';
import type { ActionStep, ProgramRules, Rule, RuleProcess } from '../../../src/rules/index.js';
import { stepsIn } from './rulesOutline.js';

/** A source folder with a program that has every construct of rules. */
export const harbourFolder = join(import.meta.dirname, '../../fixtures/rules');
export const harbourFile = join(harbourFolder, 'loyaltyProgramSetups/Harbour_Rewards.loyaltyProgramSetup-meta.xml');

export async function loadHarbourRules(): Promise<ProgramRules> {
  const [rules] = await loadProgramRules(harbourFolder);
  return found(rules, 'program');
}

export function processNamed({ processes }: ProgramRules, name: string): RuleProcess {
  return found(
    processes.find((process) => process.name === name),
    name,
  );
}

export function ruleNamed({ eligibility, rules }: RuleProcess, name: string): Rule {
  return found(
    [...eligibility, ...rules].find((rule) => rule.name === name),
    name,
  );
}

export function allActions({ processes }: ProgramRules): ActionStep[] {
  const rules = processes.flatMap((process) => [...process.eligibility, ...process.rules]);
  return rules.flatMap(stepsIn).filter((step) => step.kind === 'action');
}

export function found<Found>(value: Found | undefined, name: string): Found {
  if (value === undefined) throw new Error(`there is no ${name}`);
  return value;
}
