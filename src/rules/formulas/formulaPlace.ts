import { shortText } from '../../base/text/shortText.js';
import { FormulaError } from '../formula.js';
import { placeIn } from './formulaParseError.js';

/** Where in an expression something is evaluated. */
export class FormulaPlace {
  /** What is evaluated, such as `FLOOR` or `+`. */
  readonly what: string;
  readonly #text: string;
  readonly #at: number;

  constructor(what: string, text: string, at: number) {
    this.what = what;
    this.#text = text;
    this.#at = at;
  }

  /**
   * @param problem follows the name of the function or operator, such as `needs a number, not "x"`
   * @throws {FormulaError} always
   */
  fail(problem: string): never {
    const where = placeIn(this.#text, this.#at);
    throw new FormulaError(`${this.what} ${problem} (${where} of the formula ${shortText(this.#text, 200)})`);
  }
}
