import { basename } from 'node:path';
import { counted } from '../../base/text/counted.js';
import type { Store } from '../../emulator/index.js';
import type { ProgramRules } from '../../rules/index.js';
import type { MemberStates, SimulatedTransaction } from '../../simulation/index.js';
import type { CaseShapeInput } from '../caseShapes.js';
import { caseState } from '../caseState.js';
import { firedRules, notFiredOf } from './firedRules.js';
import { givenOf } from './givenOf.js';

type Request = CaseShapeInput['when'][number];
type Expected = NonNullable<CaseShapeInput['then']>;

/** A case for one member of a feed. */
export interface RecordedCase {
  /** Membership number. */
  readonly member: string;
  readonly shape: CaseShapeInput;
}

interface RecordedMember {
  readonly given: CaseShapeInput['given'];
  readonly transactions: SimulatedTransaction[];
}

/** Makes cases of a simulation: one for each member, because a case has one member. */
export class CaseRecorder {
  readonly #org: { readonly store: Store; readonly rules: ProgramRules };
  /** By membership number in lower case. */
  readonly #members = new Map<string, RecordedMember>();

  constructor(org: { readonly store: Store; readonly rules: ProgramRules }) {
    this.#org = org;
  }

  /** Reads what a member has before its first transaction. @param day that of the transaction */
  meet(member: { readonly number: string; readonly id: string }, day: string): void {
    const given = givenOf(this.#org.store, member.id, day);
    this.#members.set(member.number.toLowerCase(), { given, transactions: [] });
  }

  take(transaction: SimulatedTransaction): void {
    this.#members.get(transaction.transaction.member.toLowerCase())?.transactions.push(transaction);
  }

  /** Returns the cases, when all transactions have run. */
  cases(members: readonly MemberStates[]): RecordedCase[] {
    return members.flatMap(({ member, id }) => {
      const recorded = this.#members.get(member.toLowerCase());
      return recorded && recorded.transactions.length > 0 ? [this.#caseOf({ member, id }, recorded)] : [];
    });
  }

  #caseOf({ member, id }: Pick<MemberStates, 'member' | 'id'>, { given, transactions }: RecordedMember): RecordedCase {
    const files = new Set(transactions.map(({ file }) => basename(file)));
    const name = `${member}: ${counted(transactions.length, 'transaction')} of ${[...files].join(', ')}`;
    const requests = [...Map.groupBy(transactions, ({ request }) => request).values()];
    const then = { ...this.#endsOf(id), ...this.#fired(transactions) };
    return { member, shape: { name, given, when: requests.map(requestOf), then } };
  }

  #endsOf(id: string): Expected {
    const { balances, tiers, progress, attributes, vouchers } = caseState(this.#org.store, id);
    const [tier, ...others] = tiers;
    return {
      balances: Object.fromEntries(balances),
      ...(tier !== undefined && others.length === 0 && { tier }),
      ...(progress.size > 0 && { progress: Object.fromEntries(progress) }),
      ...(attributes.size > 0 && { attributes: Object.fromEntries(attributes) }),
      vouchers: vouchers.map(({ definition, status, faceValue, expirationDate }) => ({
        ...{ definition, status },
        ...(faceValue !== null && { faceValue }),
        ...(expirationDate !== null && { expirationDate }),
      })),
    };
  }

  /** A case in which nothing fires has to say so. */
  #fired(transactions: readonly SimulatedTransaction[]): Expected {
    const kept = transactions.filter(({ failure }) => failure === undefined);
    const fired = firedRules(kept);
    if (fired.length > 0) return { fired };
    return kept.length === 0 ? {} : { notFired: notFiredOf(kept, this.#org.rules) };
  }
}

function requestOf(transactions: readonly SimulatedTransaction[]): Request {
  const journals = transactions.map(({ transaction }) => ({ ...transaction.journal }));
  const [journal, ...others] = journals;
  const failure = transactions.find((each) => each.failure !== undefined)?.failure;
  return {
    ...(others.length > 0 || !journal ? { journals } : { journal }),
    ...(failure !== undefined && { then: { failure } }),
  };
}
