import { FormulaError } from '../formula.js';
import type { Formula, FormulaClock } from '../formula.js';
import type { RuleParameter, RuleProcess } from '../programRules.js';
import type { RuleValue } from '../ruleValue.js';
import { castTo } from './castValue.js';
import { RuleFailure } from './ruleFailure.js';
import type { RuleJournal, RuleWorld } from './ruleWorld.js';

const journalPrefix = 'transactionjournal.';

interface ScopeOptions {
  readonly process: RuleProcess;
  readonly journal: RuleJournal;
  readonly world: RuleWorld;
  readonly clock: FormulaClock;
}

/** The values of one run of a process for one journal. Variables begin blank, and keep what they get across rules. */
export class ProcessScope {
  readonly journal: RuleJournal;
  readonly #process: RuleProcess;
  readonly #world: RuleWorld;
  readonly #clock: FormulaClock;
  readonly #variables = new Map<string, RuleValue>();
  /** Formulas that are being evaluated, because one that needs itself has no value. */
  readonly #open: string[] = [];

  constructor({ process, journal, world, clock }: ScopeOptions) {
    this.journal = journal;
    this.#process = process;
    this.#world = world;
    this.#clock = clock;
  }

  /** @throws {RuleFailure} if it has no value */
  evaluate(formula: Formula): RuleValue {
    try {
      return formula.evaluate((reference) => this.valueOf(reference), this.#clock);
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      throw new RuleFailure(`${formula.text}: ${error.message}`, { cause: error });
    }
  }

  /**
   * Returns the value of a parameter, a field of an Sobject variable, or a field of the journal.
   * @throws {RuleFailure}
   */
  valueOf(reference: string): RuleValue {
    if (reference.toLowerCase().startsWith(journalPrefix))
      return this.#world.field(this.journal, reference.slice(journalPrefix.length));
    const [name = '', ...path] = reference.split('.');
    const value = this.#parameterValue(this.#parameter(name));
    if (path.length === 0) return value;
    if (value === null) return null;
    const record = typeof value === 'object' && value.is === 'Record' ? value : undefined;
    return record?.fields.get(path.join('.').toLowerCase()) ?? null;
  }

  /** The type that a reference is declared with. Undefined for fields of records. */
  declared(reference: string): RuleParameter | undefined {
    return this.#process.parameters.get(reference);
  }

  /** Gives a variable a value, as its type takes it. Returns what it then is. @throws {RuleFailure} */
  assign(name: string, value: RuleValue): RuleValue {
    const cast = castTo(this.#parameter(name), value, this.#clock);
    this.#variables.set(name, cast);
    return cast;
  }

  /** Gives the input variables their values. Names have any case, and what the process does not take is left out. */
  take(inputs: ReadonlyMap<string, RuleValue>): void {
    const given = new Map([...inputs].map(([name, value]) => [name.toLowerCase(), value]));
    for (const { kind, name, isInput } of this.#process.parameters.values()) {
      const value = given.get(name.toLowerCase());
      if (kind === 'Variable' && isInput && value !== undefined) this.assign(name, value);
    }
  }

  /** Returns the values of the output parameters, by name. @throws {RuleFailure} */
  outputs(): ReadonlyMap<string, RuleValue> {
    const outputs = [...this.#process.parameters.values()].filter(({ isOutput }) => isOutput);
    return new Map(outputs.map((parameter) => [parameter.name, this.#parameterValue(parameter)]));
  }

  #parameter(name: string): RuleParameter {
    const parameter = this.#process.parameters.get(name);
    if (parameter) return parameter;
    throw new RuleFailure(`The process ${this.#process.name} has no parameter ${name}.`);
  }

  #parameterValue(parameter: RuleParameter): RuleValue {
    switch (parameter.kind) {
      case 'Constant':
        return parameter.value;
      case 'Variable':
        return this.#variables.get(parameter.name) ?? null;
      case 'Formula':
        return castTo(parameter, this.#evaluateParameter(parameter.name, parameter.formula), this.#clock);
    }
  }

  #evaluateParameter(name: string, formula: Formula): RuleValue {
    if (this.#open.includes(name)) throw new RuleFailure(`The formula ${name} needs its own value.`);
    this.#open.push(name);
    try {
      return this.evaluate(formula);
    } finally {
      this.#open.pop();
    }
  }
}
