import type { ProgramRules, Rule, RulePlace, RuleProcess } from '../programRules.js';
import { conditionFindings } from './conditionFindings.js';
import { inReadingOrder } from './rulesSourceError.js';
import type { FindingCode, RuleFinding } from './ruleFinding.js';
import { variableFindings } from './variableFindings.js';
import { processActions, allRulesOf } from './walkRules.js';

/**
 * Returns likely mistakes in rules. Rules that run as written have no finding.
 * @param today `yyyy-MM-dd`
 */
export function lintRules(rules: ProgramRules, today: string): RuleFinding[] {
  const findings: RuleFinding[] = rules.warnings.map((issue) => ({ ...issue, code: 'no-effect', level: 'warning' }));
  findings.push(...shadowedProcesses(rules));
  for (const process of rules.processes) {
    findings.push(...statusFindings('process', process));
    for (const rule of allRulesOf(process))
      findings.push(...statusFindings('rule', rule), ...dateFindings(rule, today));
    findings.push(...callsOfItself(process, rules), ...conditionFindings(process), ...variableFindings(process));
  }
  return inReadingOrder(findings) as RuleFinding[];
}

interface WithStatus {
  readonly name: string;
  readonly status: string;
  readonly place: RulePlace;
}

/** A Draft is meant to not run yet, so this is only information. */
function statusFindings(noun: string, { name, status, place }: WithStatus): RuleFinding[] {
  if (status === 'Active') return [];
  return [
    { code: 'not-active', level: 'info', place, message: `the ${noun} "${name}" is ${status}, so it does not run` },
  ];
}

/** The dates of a promotion replace those of its rules. */
function dateFindings({ name, startDate, endDate, promotion, place }: Rule, today: string): RuleFinding[] {
  if (endDate === undefined || promotion !== undefined) return [];
  const warn = (code: FindingCode, message: string): RuleFinding[] => [{ code, level: 'warning', place, message }];
  if (startDate !== undefined && endDate < startDate)
    return warn('ends-before-start', `the rule "${name}" ends on ${endDate}, before it starts on ${startDate}`);
  if (endDate < today) return warn('ended', `the rule "${name}" ended on ${endDate}`);
  return [];
}

/** A journal type and subtype belong to one process. Which of several would run is not documented. */
function shadowedProcesses({ processes }: ProgramRules): RuleFinding[] {
  const first = new Map<string, RuleProcess>();
  return processes.flatMap((process) => {
    const { name, type, status, journalType = '', journalSubType = '', place } = process;
    if (type !== 'TransactionJournal' || status !== 'Active') return [];
    const kind = JSON.stringify([journalType, journalSubType]).toLowerCase();
    const other = first.get(kind);
    if (!other) first.set(kind, process);
    if (!other) return [];
    const journals = journalSubType === '' ? journalType : `${journalType}, ${journalSubType}`;
    const message = `the process "${name}" is for the same journals (${journals}) as "${other.name}" in line ${other.place.line}`;
    return [{ code: 'shadowed-process', level: 'warning', place, message }];
  });
}

/** Follows the processes that a process calls. */
function callsOfItself(process: RuleProcess, { processes }: ProgramRules): RuleFinding[] {
  const called = ({ name }: RuleProcess): RuleProcess[] =>
    processActions(processes.find((each) => each.name === name) ?? process).flatMap(({ type, target }) =>
      type === 'RunProgramProcess' ? processes.filter((each) => each.name === target) : [],
    );
  const seen = new Set<RuleProcess>();
  const next = called(process);
  for (let each = next.pop(); each; each = next.pop()) {
    if (seen.has(each)) continue;
    seen.add(each);
    next.push(...called(each));
  }
  if (!seen.has(process)) return [];
  const { name, place } = process;
  return [{ code: 'calls-itself', level: 'warning', place, message: `the process "${name}" can call itself` }];
}
