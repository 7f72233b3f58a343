import { z } from 'zod';
import type { Path } from '../base/files/documentText.js';
import { nearest } from '../base/text/nearest.js';
import type { ProgramDefinition } from '../program/index.js';
import type { ProcessStep, ProgramRules, Rule } from '../rules/index.js';
import type { Expected } from './caseShapes.js';
import { stepNameOf } from './checkExpected.js';
import type { RuleCase } from './readRuleCases.js';
import { journalsOf } from './requestJournals.js';
import type { CaseIssue } from './ruleCaseError.js';

interface Known {
  readonly definition: ProgramDefinition;
  readonly rules: ProgramRules;
}

interface Reference {
  readonly path: Path;
  readonly name: string;
  readonly what: string;
  readonly names: readonly string[];
}

/** Finds names in a case that neither the program nor its rules have, and journals without a date. */
export function caseNameIssues(ruleCase: RuleCase, known: Known): CaseIssue[] {
  const references = [...ofGiven(ruleCase, known), ...ofExpected(ruleCase, known), ...ofJournals(ruleCase, known)];
  const unknown = references.flatMap(({ path, name, what, names }) => {
    if (names.includes(name)) return [];
    const meant = nearest(name, names);
    const others = names.length === 0 ? 'there are none' : `use one of ${names.join(', ')}`;
    const message = `${name} is not ${what}; ${meant === undefined ? others : `did you mean ${meant}?`}`;
    return [{ ...ruleCase.placeOf(path), message }];
  });
  return [...unknown, ...withoutDate(ruleCase)];
}

function ofGiven({ given }: RuleCase, { definition }: Known): Reference[] {
  const { tier, balances, progress, enrollments, attributes, vouchers } = given;
  const at = partsOf(definition);
  return [
    ...(tier === undefined ? [] : [at.tier(['given', 'tier'], tier)]),
    ...Object.keys(balances).map((name) => at.currency(['given', 'balances', name], name)),
    ...Object.keys(progress).map((name) => at.promotion(['given', 'progress', name], name)),
    ...enrollments.map((name, index) => at.promotion(['given', 'enrollments', index], name)),
    ...Object.keys(attributes).map((name) => at.attribute(['given', 'attributes', name], name)),
    ...vouchers.map(({ definition: name }, index) => at.voucher(['given', 'vouchers', index, 'definition'], name)),
  ];
}

function ofExpected({ when, then }: RuleCase, known: Known): Reference[] {
  const steps = when.flatMap((request, index) =>
    request.then ? expected(request.then, ['when', index, 'then'], known) : [],
  );
  return [...steps, ...(then ? expected(then, ['then'], known) : [])];
}

function expected(given: Expected, path: Path, { definition, rules }: Known): Reference[] {
  const at = partsOf(definition);
  return [
    ...Object.keys(given.balances).map((name) => at.currency([...path, 'balances', name], name)),
    ...(given.tier === undefined ? [] : [at.tier([...path, 'tier'], given.tier)]),
    ...Object.keys(given.progress).map((name) => at.promotion([...path, 'progress', name], name)),
    ...Object.keys(given.attributes).map((name) => at.attribute([...path, 'attributes', name], name)),
    ...(given.vouchers ?? []).map(({ definition: name }, index) => at.voucher([...path, 'vouchers', index], name)),
    ...(['fired', 'notFired'] as const).flatMap((part) =>
      given[part].flatMap((each, index) => ofRule(each, [...path, part, index], rules)),
    ),
  ];
}

function ofRule(wanted: Expected['notFired'][number], path: Path, { processes }: ProgramRules): Reference[] {
  const {
    rule: name,
    step,
    condition,
  } = { condition: undefined, ...stepNameOf(wanted) } as {
    readonly rule: string;
    readonly step?: string | undefined;
    readonly condition?: string | undefined;
  };
  const rules = processes.flatMap(({ rules: all }) => all);
  const named = rules.filter((rule) => rule.name === name);
  const steps = named.flatMap((rule: Rule) => namesIn(rule.steps));
  const all = processes.flatMap((process) => [...process.eligibility, ...process.rules]);
  return [
    { path, name, what: 'a rule of the program', names: rules.map((rule) => rule.name) },
    ...(step === undefined || named.length === 0
      ? []
      : [{ path: [...path, 'step'], name: step, what: `a step of the rule ${name}`, names: steps }]),
    ...(condition === undefined
      ? []
      : [
          {
            path: [...path, 'condition'],
            name: condition,
            what: 'a condition of the program',
            names: [...new Set(all.flatMap((rule) => namesIn(rule.steps, true)))],
          },
        ]),
  ];
}

function namesIn(steps: readonly ProcessStep[], isOnlyConditions = false): string[] {
  return steps.flatMap((step) => {
    if (step.kind === 'action') return isOnlyConditions ? [] : [step.name];
    const own = step.kind === 'condition' || !isOnlyConditions ? [step.name] : [];
    return [...own, ...namesIn(step.kind === 'condition' ? step.children : step.conditions, isOnlyConditions)];
  });
}

/** References to earlier journals and to vouchers. */
function ofJournals({ when }: RuleCase, { definition }: Known): Reference[] {
  const at = partsOf(definition);
  const names: string[] = [];
  return when.flatMap((request, index) => {
    const before = [...names];
    if (request.as !== undefined) names.push(request.as);
    return journalsOf(request).flatMap((journal, number) => {
      const path = request.journal ? ['when', index, 'journal'] : ['when', index, 'journals', number];
      return Object.entries(journal).flatMap(([field, value]) => {
        if (typeof value !== 'object' || value === null) return [];
        if ('voucher' in value) return [at.voucher([...path, field], value.voucher)];
        return [
          { path: [...path, field], name: value.journal, what: 'the name (as) of an earlier journal', names: before },
        ];
      });
    });
  });
}

function withoutDate(ruleCase: RuleCase): CaseIssue[] {
  return ruleCase.when.flatMap((request, index) => {
    const isUndated = (journal: Readonly<Record<string, unknown>>): boolean => {
      const { ActivityDate: date } = journal;
      return date === undefined ? request.on === undefined : typeof date !== 'string' || !isIsoDate(date);
    };
    if (!journalsOf(request).some(isUndated)) return [];
    const message = 'a journal needs an ActivityDate in ISO 8601, such as 2026-07-01, or the request a day (on)';
    return [{ ...ruleCase.placeOf(['when', index]), message }];
  });
}

/** Date.parse also takes other formats, and makes 2 March of 30 February. */
function isIsoDate(text: string): boolean {
  return z.iso.date().safeParse(text.slice(0, 10)).success && !Number.isNaN(Date.parse(text));
}

function partsOf(definition: ProgramDefinition) {
  const part = (what: string, parts: readonly { readonly name: string }[]) => {
    const names = parts.map(({ name }) => name);
    return (path: Path, name: string): Reference => ({ path, name, what: `${what} of the program`, names });
  };
  return {
    currency: part('a currency', definition.currencies),
    tier: part(
      'a tier',
      definition.tierGroups.flatMap(({ tiers }) => tiers),
    ),
    promotion: part('a promotion', definition.promotions),
    attribute: part('an engagement attribute', definition.engagementAttributes),
    voucher: part('a voucher definition', definition.voucherDefinitions),
  };
}
