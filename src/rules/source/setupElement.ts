import { textIn } from '../../base/files/xmlNode.js';
import type { XmlNode } from '../../base/files/xmlNode.js';
import { shortText } from '../../base/text/shortText.js';
import type { RulePlace } from '../programRules.js';
import type { RulesReading } from './rulesReading.js';
import { alternatives, suggestion } from './suggestion.js';
import { mayRepeat, setupShape } from './setupShape.js';

/**
 * An element of a LoyaltyProgramSetup file. Its methods read the elements in it. A mistake is noted with its line, and
 * reading goes on with a value that is never used.
 */
export class SetupElement {
  readonly #element: XmlNode;
  readonly #reading: RulesReading;

  constructor(element: XmlNode, reading: RulesReading) {
    this.#element = element;
    this.#reading = reading;
  }

  /** Notes elements that the format does not have, here and below. */
  checkShape(): void {
    const { name, children, text, attributes } = this.#element;
    const attribute = Object.keys(attributes).find((each) => !/^xmlns(:|$)|^xsi:/.test(each));
    if (attribute !== undefined)
      this.fail(`<${name}> has the attribute "${attribute}", which the format does not have`);
    const known = setupShape.get(name) ?? [];
    const own = text.trim();
    if (known.length > 0 && own !== '')
      this.fail(`<${name}> has the text "${shortText(own, 80)}" between its elements`);
    const seen = new Set<string>();
    for (const child of children) {
      const inner = new SetupElement(child, this.#reading);
      if (!known.includes(child.name))
        inner.fail(`<${child.name}> is not an element of <${name}>${suggestion(child.name, known)}`);
      else if (seen.has(child.name) && !mayRepeat(child.name)) inner.fail(`<${child.name}> occurs twice in <${name}>`);
      else inner.checkShape();
      seen.add(child.name);
    }
  }

  get place(): RulePlace {
    return { file: this.#reading.file, line: this.#element.line };
  }

  /** Returns the place of an element in it, or its own if there is none. */
  placeOf(name: string): RulePlace {
    const child = this.#element.children.find((each) => each.name === name);
    return { file: this.#reading.file, line: (child ?? this.#element).line };
  }

  children(name: string): SetupElement[] {
    const same = this.#element.children.filter((child) => child.name === name);
    return same.map((child) => new SetupElement(child, this.#reading));
  }

  has(name: string): boolean {
    return this.#element.children.some((child) => child.name === name);
  }

  /** Undefined if the element is absent or empty. */
  text(name: string): string | undefined {
    return textIn(this.#element, name) || undefined;
  }

  /** Returns an empty text if the element is missing. */
  requiredText(name: string): string {
    const text = this.text(name);
    if (text === undefined) this.fail(`<${this.#element.name}> has no <${name}>`, name);
    return text ?? '';
  }

  flag(name: string): boolean {
    const text = this.text(name) ?? 'false';
    if (text !== 'true' && text !== 'false') this.fail(`<${name}> must be true or false, not "${text}"`, name);
    return text === 'true';
  }

  /** Undefined if the element is absent. */
  wholeNumber(name: string, low: number): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (number >= low) return number;
    this.fail(`<${name}> must be a whole number from ${low}, not "${shortText(text, 80)}"`, name);
    return undefined;
  }

  requiredNumber(name: string, low: number): number {
    if (this.text(name) === undefined) this.requiredText(name);
    return this.wholeNumber(name, low) ?? NaN;
  }

  oneOf<Value extends string>(name: string, values: readonly Value[], otherwise?: Value): Value {
    const [first] = values;
    const text = this.text(name) ?? otherwise ?? this.requiredText(name);
    const value = values.find((each) => each === text);
    if (value !== undefined) return value;
    const hint = values.length > 6 ? suggestion(text, values) : `; it must be ${alternatives(values)}`;
    if (text !== '') this.fail(`<${name}> "${shortText(text, 80)}" is unknown${hint}`, name);
    return first as Value;
  }

  /** @param name of the element in it whose line is told. Default: its own line */
  fail(message: string, name?: string): void {
    this.#reading.fail(name === undefined ? this.place : this.placeOf(name), message);
  }
}
