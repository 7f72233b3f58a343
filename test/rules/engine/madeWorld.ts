import { ProcessFailedError, ProcessRunner, RuleFailure, textOf } from '../../../src/rules/index.js';
import type {
  OutsideRules,
  ProcessTrace,
  ProgramRules,
  RuleCall,
  RuleEffect,
  RuleJournal,
  RulePromotion,
  RuleValue,
  RuleWorld,
  StepTrace,
} from '../../../src/rules/index.js';

/** A world of one currency, whose journals have an amount. Every action is noted. */
export class MadeWorld implements RuleWorld {
  readonly calls: string[] = [];
  readonly amounts = new Map<string, RuleValue>();
  readonly promotions = new Map<string, RulePromotion & { readonly isFor?: boolean }>();
  balance = 0;

  field({ id }: RuleJournal, path: string): RuleValue {
    if (path.toLowerCase() === 'transactionamount') return this.amounts.get(id) ?? null;
    throw new RuleFailure(`TransactionJournal has no field ${path}.`);
  }

  promotion(name: string): RulePromotion | undefined {
    return this.promotions.get(name);
  }

  isEligible(_: RuleJournal, promotion: string): boolean {
    return this.promotions.get(promotion)?.isFor ?? true;
  }

  perform({ id }: RuleJournal, { type, inputs, promotion }: RuleCall): RuleEffect {
    const points = Number(inputs.get('PointsToCredit') ?? 0);
    if (type === 'CreditPoints' && points < 0) throw new RuleFailure('Points cannot be negative.');
    this.balance += points;
    const told = [...inputs.values()].map(textOf).join(' ');
    this.calls.push([id, type, told, promotion].filter((part) => part !== undefined && part !== '').join(' '));
    return { outputs: new Map([['PointsBalance', this.balance]]), change: `${points} points` };
  }

  makeJournal(by: RuleJournal, made: Parameters<RuleWorld['makeJournal']>[1]): RuleJournal {
    const id = `${by.id}'`;
    this.amounts.set(id, made.fields.get('TransactionAmount') ?? null);
    const { journalType, journalSubType } = made;
    return { id, journalType, journalSubType, activityDay: by.activityDay };
  }
}

export const nothingOutside: OutsideRules = { flow: () => undefined, decide: () => undefined };

export function journal(id: string, given: Partial<RuleJournal> = {}): RuleJournal {
  return { id, journalType: 'Accrual', journalSubType: undefined, activityDay: '2026-06-15', ...given };
}

/** Runs journals of these amounts, `a`, `b`, … in one request. Returns the traces, and why it failed. */
export function run(
  rules: ProgramRules,
  world: MadeWorld,
  journals: readonly RuleJournal[],
  outside: OutsideRules = nothingOutside,
): { readonly traces: readonly ProcessTrace[]; readonly failure?: string } {
  const clock = { now: Date.parse('2026-06-15T12:00:00Z'), timeZone: 'UTC' };
  try {
    return { traces: new ProcessRunner({ rules, world, outside, clock, execution: 'RealTime' }).run(journals) };
  } catch (error) {
    if (!(error instanceof ProcessFailedError)) throw error;
    return { traces: error.traces, failure: error.message };
  }
}

/** Steps as short lines: `Name` ran, `Name!` failed, `?Name` was met, `¿Name` was not. */
export function outline(steps: readonly StepTrace[]): string[] {
  return steps.flatMap((step) => {
    if (step.kind === 'action') return [step.failure === undefined ? step.step.name : `${step.step.name}!`];
    if (step.kind === 'group') return outline(step.conditions);
    const { isMet, failure, children } = step;
    const mark = failure === undefined ? (isMet ? '?' : '¿') : '!';
    return [`${mark}${step.step.name}`, ...outline(children)];
  });
}
