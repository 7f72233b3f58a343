import { nearest } from '../../base/text/nearest.js';
import type { RuleParameter, RulePlace } from '../programRules.js';
import type { RulesReading } from './rulesReading.js';
import { suggestion } from './suggestion.js';

export const journalPrefix = 'TransactionJournal.';
const path = /^[A-Za-z]\w*(\.[A-Za-z]\w*)+$/;

/** What the expressions of a process can refer to: its parameters, and the journal. Names have exact case. */
export class ParameterScope {
  readonly #parameters: ReadonlyMap<string, RuleParameter>;
  readonly #reading: RulesReading;

  constructor(parameters: ReadonlyMap<string, RuleParameter>, reading: RulesReading) {
    this.#parameters = parameters;
    this.#reading = reading;
  }

  get(name: string): RuleParameter | undefined {
    return this.#parameters.get(name);
  }

  /** Returns the parameter that was probably meant. */
  meant(name: string): string | undefined {
    return nearest(name.slice(0, 200), this.#parameters.keys());
  }

  /** Notes a reference, without braces, that leads nowhere. */
  checkReference(reference: string, place: RulePlace): void {
    const problem = this.#problemOf(reference);
    if (problem !== undefined) this.#reading.fail(place, problem);
  }

  /** Notes a name that cannot be given a value. */
  checkVariable(name: string, place: RulePlace): void {
    const parameter = this.get(name);
    if (!parameter) this.#reading.fail(place, `"${name}" is not a parameter of this process${this.#meant(name)}`);
    else if (parameter.kind !== 'Variable')
      this.#reading.fail(place, `"${name}" is a ${parameter.kind.toLowerCase()}: only variables can be given a value`);
  }

  #problemOf(reference: string): string | undefined {
    const [name = ''] = reference.split('.');
    if (reference.startsWith(journalPrefix))
      return path.test(reference) ? undefined : `"${reference}" is not a path of fields`;
    const parameter = this.get(name);
    if (!parameter) return `"${reference}" refers to no parameter of this process${this.#meant(name)}`;
    if (name === reference) return undefined;
    if (parameter.dataType !== 'Sobject')
      return `"${reference}" refers to a field, but the parameter "${name}" is of the type ${parameter.dataType}, not Sobject`;
    return path.test(reference) ? undefined : `"${reference}" is not a field of "${name}"`;
  }

  #meant(name: string): string {
    return suggestion(name, [...this.#parameters.keys(), 'TransactionJournal']);
  }
}
