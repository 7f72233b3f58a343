import { explainedActions, failureIn, whyAbsent } from '../rules/index.js';
import type { Absence, ExplainedAction, ExplainedProcess, ProgramRules, StepPlace } from '../rules/index.js';
import { exactDifference } from './exactDifference.js';
import type { SimulatedTransaction } from './simulateFeeds.js';

/** A version of the rules, and what it did with a transaction. */
export interface VersionOfTransaction {
  readonly rules: ProgramRules;
  readonly transaction: SimulatedTransaction;
}

/** An action that changed something under one version only, or something else under each. */
export interface ActionDifference extends StepPlace {
  readonly promotion: string | null;
  /** The version under which it changed something. */
  readonly ranIn: 'source' | 'other' | 'both';
  /** Why it did nothing under the other version. Null if it ran in both. */
  readonly absence: Absence | null;
  /** What failed, if that is why: the action is the one that failed then. */
  readonly failure: string | null;
  /** Signed: what the other version gives more. Zero for other actions. */
  readonly points: { readonly currency: string; readonly change: number; readonly escrow: number } | null;
}

interface PlacedAction extends StepPlace {
  readonly promotion: string | null;
  readonly action: ExplainedAction;
}

/** Compares what two versions of the rules did with a transaction, action by action. */
export function actionDifferences(source: VersionOfTransaction, other: VersionOfTransaction): ActionDifference[] {
  const failed = [source, other].filter(({ transaction }) => transaction.failure !== undefined);
  const [only] = failed;
  if (failed.length === 2) return [];
  if (only) return failedOnce(only, only === source ? 'other' : 'source');
  const [here, there] = [effects(source), effects(other)];
  return [...new Set([...here.keys(), ...there.keys()])].flatMap((key) => {
    const [one, two] = [here.get(key), there.get(key)];
    if (one && two) return isSameEffect(one.action, two.action) ? [] : [difference(one, two)];
    if (one) return [{ ...difference(one, undefined), absence: absenceIn(other, one) }];
    return two ? [{ ...difference(undefined, two), absence: absenceIn(source, two) }] : [];
  });
}

/** The action that fails one of the two requests says why nothing of that one is kept. */
function failedOnce({ transaction }: VersionOfTransaction, ranIn: 'source' | 'other'): ActionDifference[] {
  const { explained, failure = '' } = transaction;
  const placed = explained ? actionsOf(explained) : [];
  const { process, rule, step, promotion } =
    placed.findLast(({ action }) => action.failure !== null) ?? failedRule(explained);
  const absence = { code: 'requestFailed', condition: null } as const;
  return [{ process, rule, step, promotion, ranIn, absence, failure, points: null }];
}

/** Where a condition has failed, or where the request was refused before any rule. */
function failedRule(explained: ExplainedProcess | undefined) {
  const rule = explained?.rules.find(({ steps }) => failureIn(steps) !== undefined);
  const { process = null } = explained ?? {};
  return { process: process ?? '', rule: rule?.rule ?? '', step: '', promotion: rule?.promotion ?? null };
}

function absenceIn({ rules, transaction }: VersionOfTransaction, at: StepPlace): Absence {
  return whyAbsent(transaction.explained, at, rules);
}

/** What changed something, by where it is. An action can run several times, in processes that run several times. */
function effects({ transaction: { explained } }: VersionOfTransaction): Map<string, PlacedAction> {
  const times = new Map<string, number>();
  const placed = explained ? actionsOf(explained) : [];
  return new Map(
    placed
      .filter(({ action }) => action.change !== null && action.process === null)
      .map((each) => {
        const place = JSON.stringify([each.process, each.rule, each.step]);
        const time = (times.get(place) ?? 0) + 1;
        times.set(place, time);
        return [`${place} ${time}`, each];
      }),
  );
}

/** With those of the processes that it ran. */
function actionsOf({ process, rules }: ExplainedProcess): PlacedAction[] {
  return rules.flatMap(({ rule, promotion, steps }) =>
    explainedActions(steps).flatMap((action) => [
      { process: process ?? '', rule, step: action.step, promotion, action },
      ...(action.process ? actionsOf(action.process) : []),
    ]),
  );
}

function difference(source: PlacedAction | undefined, other: PlacedAction | undefined): ActionDifference {
  const { process = '', rule = '', step = '', promotion = null } = other ?? source ?? {};
  const ranIn = source && other ? 'both' : source ? 'source' : 'other';
  const points = pointsBetween(source?.action, other?.action);
  return { process, rule, step, promotion, ranIn, absence: null, failure: null, points };
}

function pointsBetween(source: ExplainedAction | undefined, other: ExplainedAction | undefined) {
  const [one, two] = [source?.result, other?.result];
  const currency = two?.is === 'points' ? two.currency : one?.is === 'points' ? one.currency : undefined;
  if (currency === undefined) return null;
  const moved = (result: ExplainedAction['result'] | undefined, what: 'points' | 'escrow'): number =>
    result?.is === 'points' && result.currency === currency ? result[what] : 0;
  const more = (what: 'points' | 'escrow'): number => exactDifference(moved(two, what), moved(one, what));
  return { currency, change: more('points'), escrow: more('escrow') };
}

function isSameEffect(one: ExplainedAction, two: ExplainedAction): boolean {
  return effectText(one) === effectText(two);
}

/** What an action was told and gave, without what follows from earlier differences: balances, uses, Ids and codes. */
function effectText({ type, inputs, result }: ExplainedAction): string {
  const moved = result?.is === 'points' ? [result.currency, result.points, result.escrow] : null;
  const sorted = Object.entries(inputs).toSorted(([a], [b]) => a.localeCompare(b));
  return JSON.stringify([type, moved, sorted], (_, value: unknown) =>
    typeof value === 'string' && /^[a-zA-Z0-9]{15}[A-Z0-5]{3}$/.test(value) ? value.slice(0, 3) : value,
  );
}
