import type { Decimal } from '../../../base/decimal.js';
import { readDecimal } from '../../../base/decimal.js';
import { to18 } from '../../store/ids/ids.js';
import type { Member, MemberDirectory } from '../members.js';
import { ProcessFailure } from '../processFailure.js';
import type { Program } from '../programs.js';

/** The input of a process: parameters by name, in any case. Those that a process does not know are left alone. */
export class ProcessParameters {
  readonly #values = new Map<string, unknown>();

  public constructor(given: Readonly<Record<string, unknown>>) {
    for (const [name, value] of Object.entries(given)) {
      if (value !== null && value !== '') this.#values.set(name.toLowerCase(), value);
    }
  }

  public get(name: string): unknown {
    return this.#values.get(name.toLowerCase());
  }

  public text(name: string): string | undefined {
    const value = this.get(name);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }

  /** @throws ProcessFailure for a value that is neither true nor false */
  public flag(name: string): boolean | undefined {
    const value = this.get(name);
    const text = String(value).toLowerCase();
    if (value === undefined || text === 'true' || text === 'false')
      return value === undefined ? undefined : text === 'true';
    throw new ProcessFailure(`${name} has to be true or false, not ${text}.`);
  }

  /** @throws ProcessFailure for a value that is missing, no number, or not above zero */
  public positiveNumber(name: string): Decimal {
    const text = this.text(name);
    const number = text === undefined ? undefined : readDecimal(text.trim());
    if (number?.isPositive() && !number.isZero()) return number;
    throw new ProcessFailure(`${name} has to be a number above zero, not ${text ?? 'empty'}.`);
  }

  /** @throws ProcessFailure when neither MemberId nor MembershipNumber names a member of the program */
  public member(program: Program, members: MemberDirectory): Member {
    const id = this.text('MemberId');
    const number = this.text('MembershipNumber');
    if (id === undefined && number === undefined) throw new ProcessFailure('Give MemberId or MembershipNumber.');
    const member =
      id === undefined
        ? members.numbered(program.id, number ?? '')
        : members.byId(program.id, [to18(id)]).get(to18(id));
    if (member) return member;
    const wanted = id === undefined ? `the membership number ${number ?? ''}` : `the id ${id}`;
    throw new ProcessFailure(`No member of ${program.name} has ${wanted}.`);
  }
}
