import { isJsonObject } from '../../base/jsonObject.js';
import { readDecimal } from '../../base/decimal.js';
import type { Decimal } from '../../base/decimal.js';
import { requiredNames } from '../../contract/parameter.js';
import type { Parameters } from '../../contract/parameter.js';
import { refused } from '../orgRefusal.js';
import { isId, to18 } from '../store/ids/recordIds.js';
import type { Store } from '../store/store.js';
import type { SObjectRow } from '../store/tables/objectTable.js';
import { missingFields } from './parseInput.js';
import { ProcessFailure } from './processFailure.js';

/**
 * The named inputs of an action or a process. Names are taken in any case: samples contain slips. Null and the empty text
 * are no value. Inputs that the contract does not know are left alone.
 */
export class NamedInputs<P extends Parameters = Parameters> {
  readonly #values = new Map<string, unknown>();

  readonly #parameters: P;

  constructor(parameters: P, given: unknown) {
    this.#parameters = parameters;

    const entries = isJsonObject(given) ? Object.entries(given) : [];
    for (const [name, value] of entries) {
      if (value !== null && value !== '') this.#values.set(name.toLowerCase(), value);
    }
  }

  /** @throws {OrgRefusal} 400 REQUIRED_FIELD_MISSING with all that the contract requires and is missing */
  requireAll(): void {
    const missing = requiredNames(this.#parameters).filter((name) => this.get(name) === undefined);
    if (missing.length > 0) throw missingFields(missing);
  }

  get(name: keyof P & string): unknown {
    return this.#values.get(name.toLowerCase());
  }

  text(name: keyof P & string): string | undefined {
    const value = this.get(name);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }

  /** @throws {ProcessFailure} for a value that is neither true nor false */
  flag(name: keyof P & string): boolean | undefined {
    const value = this.get(name);
    if (value === undefined || typeof value === 'boolean') return value;
    const text = (typeof value === 'string' ? value : JSON.stringify(value)).toLowerCase();
    if (text === 'true' || text === 'false') return text === 'true';
    throw new ProcessFailure(`${name} has to be true or false, not ${text}.`);
  }

  /** @throws {ProcessFailure} for a value that is missing, not a number, or not above zero */
  positiveNumber(name: keyof P & string): Decimal {
    const number = this.#number(name);
    if (number?.isPositive() && !number.isZero()) return number;
    throw new ProcessFailure(`${name} has to be a number above zero, not ${this.text(name) ?? 'empty'}.`);
  }

  /** @throws {ProcessFailure} for a value that is missing, not a number, or below zero */
  numberFromZero(name: keyof P & string): Decimal {
    const number = this.#number(name);
    if (number?.isPositive()) return number;
    throw new ProcessFailure(`${name} has to be a number of zero or more, not ${this.text(name) ?? 'empty'}.`);
  }

  #number(name: keyof P & string): Decimal | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : readDecimal(text.trim());
  }

  /** @throws {OrgRefusal} 400 INVALID_TYPE */
  wholeNumber(name: keyof P & string): number {
    const given = this.get(name);
    const number = typeof given === 'string' ? Number(given) : given;
    if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
    throw refused('INVALID_TYPE', `${name} has to be a whole number, not ${String(given)}`, [name]);
  }

  /**
   * The record with the given id.
   * @throws {OrgRefusal} 400 MALFORMED_ID for an id of another object
   * @throws {ProcessFailure} when there is no such record
   */
  record(name: keyof P & string, store: Store, objectName: string): SObjectRow {
    const given = String(this.get(name));
    if (!isId(given) || store.model.typeOfId(given)?.name !== objectName) {
      throw refused('MALFORMED_ID', `${name}: id value of incorrect type: ${given}`, [name]);
    }
    const row = store.get(objectName, to18(given));
    if (!row) throw new ProcessFailure(`${name} ${given} does not exist.`);
    return row;
  }
}
