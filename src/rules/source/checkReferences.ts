import type { ActionStep, ProgramRules, RuleIssue, RuleProcess } from '../programRules.js';
import { ObjectDirectory } from './objectDirectory.js';
import { journalPrefix } from './parameterScope.js';
import type { ProgramNames } from './programNames.js';
import { inReadingOrder } from './rulesSourceError.js';
import { suggestion } from './suggestion.js';
import { referredNames } from './referredNames.js';
import type { NamedPart } from './referredNames.js';
import { processActions, referencesOf } from './walkRules.js';

const journal = 'TransactionJournal';

const nouns: Readonly<Record<NamedPart, string>> = {
  badges: 'badge',
  currencies: 'currency',
  decisionTables: 'decision table',
  engagementAttributes: 'engagement attribute',
  flows: 'flow',
  promotions: 'promotion',
  tierGroups: 'tier group',
  tiers: 'tier',
  voucherDefinitions: 'voucher definition',
};

/**
 * Returns what rules refer to and an org does not have. Names that are only known when rules run are not checked, such
 * as the name of a voucher definition that a journal has.
 */
export function checkReferences(rules: ProgramRules, names: ProgramNames): RuleIssue[] {
  const objects = new ObjectDirectory(names.objects);
  const issues = [...missingNames(rules, names)];
  for (const process of rules.processes) {
    issues.push(...journalTypeIssues(process, names));
    issues.push(...missingProcesses(process, rules));
    issues.push(...fieldIssues(process, rules, objects));
  }
  return inReadingOrder(issues);
}

function* missingNames(rules: ProgramRules, names: ProgramNames): Generator<RuleIssue> {
  for (const { part, name, place } of referredNames(rules)) {
    const known = names[part];
    const message = known && missing(nouns[part], name, [...known]);
    if (message !== undefined) yield { place, message };
  }
}

function* journalTypeIssues(
  { journalType, journalSubType, place }: RuleProcess,
  { journalTypes }: ProgramNames,
): Generator<RuleIssue> {
  if (journalType === undefined) return;
  const message = missing('journal type', journalType, [...journalTypes.keys()]);
  if (message !== undefined) yield { place, message };
  else if (journalSubType !== undefined) {
    const [, subtypes = []] = [...journalTypes].find(([name]) => isSame(name, journalType)) ?? [];
    const wrong = missing(`subtype of ${journalType}`, journalSubType, [...subtypes]);
    if (wrong !== undefined) yield { place, message: wrong };
  }
}

/** Processes that are called are in the same file, which has the whole program. */
function* missingProcesses(process: RuleProcess, { processes }: ProgramRules): Generator<RuleIssue> {
  for (const { type, target, inputs, place } of processActions(process)) {
    if (type !== 'RunProgramProcess' || target === undefined) continue;
    const names = processes.map(({ name }) => name);
    const message = missing('process', target, names);
    if (message !== undefined) yield { place, message };
    const called = processes.find(({ name }) => name === target);
    if (called && called.type !== journal) yield* inputIssues(inputs, called);
  }
}

/** A process that is called by its name only takes the inputs that it has. */
function* inputIssues(inputs: ActionStep['inputs'], { name: process, parameters }: RuleProcess): Generator<RuleIssue> {
  const names = [...parameters.values()].filter(({ isInput }) => isInput).map(({ name }) => name);
  for (const { name, place } of inputs) {
    const message = missing(`input of ${process}`, name, names);
    if (message !== undefined) yield { place, message };
  }
}

function* fieldIssues(process: RuleProcess, rules: ProgramRules, objects: ObjectDirectory): Generator<RuleIssue> {
  for (const { reference, place } of referencesOf(process)) {
    const [name = '', ...path] = reference.split('.');
    const object = reference.startsWith(journalPrefix) ? journal : process.parameters.get(name)?.objectName;
    if (object === undefined || path.length === 0) continue;
    const message = objects.pathIssue(object, path.join('.'));
    if (message !== undefined) yield { place, message };
  }
  for (const { objectName, place } of process.parameters.values()) {
    const message = objectName === undefined ? undefined : objects.objectIssue(objectName);
    if (message !== undefined) yield { place, message };
  }
  for (const action of processActions(process)) yield* writtenFieldIssues(action, rules, objects);
}

/** The fields that Crud writes, and those of the journal that is made for another process. */
function* writtenFieldIssues(
  action: ActionStep,
  { processes }: ProgramRules,
  objects: ObjectDirectory,
): Generator<RuleIssue> {
  const { type, target, inputs, place } = action;
  const called = processes.find(({ name }) => type === 'RunProgramProcess' && name === target);
  const object = type === 'Crud' ? target : called?.type === journal ? journal : undefined;
  if (object === undefined) return;
  const message = objects.objectIssue(object);
  if (message !== undefined) yield { place, message };
  for (const input of inputs) {
    const wrong = objects.pathIssue(object, input.name);
    if (wrong !== undefined) yield { place: input.place, message: wrong };
  }
}

function missing(noun: string, name: string, names: readonly string[]): string | undefined {
  if (names.some((each) => isSame(each, name))) return undefined;
  return `the ${noun} "${name}" does not exist${suggestion(name, names)}`;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
