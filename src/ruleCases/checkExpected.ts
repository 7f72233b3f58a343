import type { Path } from '../base/files/documentText.js';
import { shortText } from '../base/text/shortText.js';
import type { ProcessTrace } from '../rules/index.js';
import type { Expected } from './caseShapes.js';
import { hasFired } from './firedSteps.js';
import type { FiredAnswer, StepName } from './firedSteps.js';
import type { CaseState, StateVoucher } from './caseState.js';

/** Something that is not as expected. */
export interface CaseDifference {
  /** Within what was expected. */
  readonly path: Path;
  readonly message: string;
}

/** What happened, as far as something is expected of it. */
export interface Happened {
  readonly state: CaseState;
  readonly traces: readonly ProcessTrace[];
  /** Why the last request failed. */
  readonly failure: string | undefined;
}

/** Compares what happened with what was expected. */
export function checkExpected(expected: Expected, { state, traces, failure }: Happened): CaseDifference[] {
  return [
    ...numbers('balances', expected.balances, state.balances),
    ...tier(expected, state),
    ...numbers('progress', expected.progress, state.progress),
    ...numbers('attributes', expected.attributes, state.attributes),
    ...(expected.vouchers ? vouchers(expected.vouchers, state.vouchers) : []),
    ...expected.fired.flatMap((each, index) => fired(each, ['fired', index], traces)),
    ...expected.notFired.flatMap((each, index) => notFired(each, ['notFired', index], traces)),
    ...failed(expected, failure),
  ];
}

function numbers(
  part: 'balances' | 'progress' | 'attributes',
  wanted: Readonly<Record<string, number>>,
  found: ReadonlyMap<string, number>,
): CaseDifference[] {
  return Object.entries(wanted).flatMap(([name, value]) => {
    const held = found.get(name) ?? 0;
    return held === value ? [] : [{ path: [part, name], message: `${part} of ${name}: ${held} instead of ${value}` }];
  });
}

function tier({ tier: wanted }: Expected, { tiers }: CaseState): CaseDifference[] {
  if (wanted === undefined || tiers.includes(wanted)) return [];
  return [{ path: ['tier'], message: `tier: ${tiers.join(', ') || 'none'} instead of ${wanted}` }];
}

function vouchers(wanted: NonNullable<Expected['vouchers']>, found: readonly StateVoucher[]): CaseDifference[] {
  const isAsWanted =
    wanted.length === found.length && wanted.every((each, index) => found[index] && fits(each, found[index]));
  if (isAsWanted) return [];
  const shown = (all: readonly object[]): string => (all.length === 0 ? 'none' : shortText(JSON.stringify(all), 400));
  return [{ path: ['vouchers'], message: `vouchers: ${shown(found)} instead of ${shown(wanted)}` }];
}

function fits(wanted: NonNullable<Expected['vouchers']>[number], found: StateVoucher): boolean {
  const { definition, status, faceValue, expirationDate } = wanted;
  return (
    definition === found.definition &&
    (status === undefined || status === found.status) &&
    (faceValue === undefined || faceValue === found.faceValue) &&
    (expirationDate === undefined || expirationDate === found.expirationDate)
  );
}

function fired(wanted: Expected['fired'][number], path: Path, traces: readonly ProcessTrace[]): CaseDifference[] {
  const name = stepNameOf(wanted);
  const answers = traces.map((trace) => hasFired(trace, name));
  if (answers.some(({ isFired }) => isFired)) return [];
  return [{ path, message: `${textOf(name)} did not fire: ${answers.map(reason).join('; ') || 'no journal ran'}` }];
}

function notFired(wanted: Expected['notFired'][number], path: Path, traces: readonly ProcessTrace[]): CaseDifference[] {
  const name = stepNameOf(wanted);
  const { because, condition } = typeof wanted === 'string' ? {} : wanted;
  return traces.flatMap((trace) => {
    const answer = hasFired(trace, name);
    if (answer.isFired) return [{ path, message: `${textOf(name)} fired` }];
    const isSoBecause = because === undefined || because === answer.because;
    if (isSoBecause && (condition === undefined || condition === answer.condition)) return [];
    const meant = [because, condition === undefined ? undefined : `(${condition})`].filter(
      (word) => word !== undefined,
    );
    return [
      { path, message: `${textOf(name)} did not fire because of ${reason(answer)} instead of ${meant.join(' ')}` },
    ];
  });
}

function failed({ failure: wanted }: Expected, failure: string | undefined): CaseDifference[] {
  if (wanted === undefined || failure?.includes(wanted)) return [];
  return [{ path: ['failure'], message: `failure: ${failure ?? 'none'} instead of ${wanted}` }];
}

function reason(answer: FiredAnswer): string {
  if (answer.isFired) return 'fired';
  return answer.condition === undefined ? answer.because : `${answer.because} (${answer.condition})`;
}

export function stepNameOf(wanted: Expected['notFired'][number]): StepName {
  return typeof wanted === 'string' ? { rule: wanted } : wanted;
}

function textOf({ rule, step }: StepName): string {
  return step === undefined ? `the rule ${rule}` : `the step ${step} of the rule ${rule}`;
}
