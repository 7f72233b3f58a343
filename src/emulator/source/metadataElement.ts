import { readFile } from 'node:fs/promises';
import { parseXml } from '../../base/files/xmlText.js';
import { isJsonObject } from '../../base/jsonObject.js';
import { SourceError } from './sourceError.js';

/**
 * One element of a metadata file. Its methods read child elements as a certain type. If one has another type, the error
 * names the file and the element.
 */
export class MetadataElement {
  readonly #place: string;
  readonly #content: Readonly<Record<string, unknown>>;

  private constructor(
    /** The file and the path of elements: `…/Brand__c.field-meta.xml, <valueSet>`. */
    place: string,
    content: Readonly<Record<string, unknown>>,
  ) {
    this.#place = place;
    this.#content = content;
  }

  /** @throws {SourceError} when the file is not valid XML, or its root element is not `root` */
  static async ofFile(file: string, root: string): Promise<MetadataElement> {
    return MetadataElement.ofText(file, await readFile(file, 'utf8'), root);
  }

  /** @throws {SourceError} when the text is not valid XML, or its root element is not `root` */
  static ofText(place: string, xml: string, root: string): MetadataElement {
    const content = parse(place, xml)[root];
    if (content === undefined) throw new SourceError(place, `has no <${root}> element`);
    return new MetadataElement(place, toContent(content));
  }

  /** Returns undefined if the child is absent or empty. */
  text(name: string): string | undefined {
    const value = this.#content[name];
    if (value === undefined || value === '') return undefined;
    if (typeof value !== 'string') throw this.error(name, 'must be one text');
    return value.trim();
  }

  /** @throws {SourceError} when the child is absent or empty */
  requiredText(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw this.error(name, 'is missing');
    return value;
  }

  flag(name: string): boolean {
    const value = this.text(name) ?? 'false';
    if (value !== 'true' && value !== 'false') throw this.error(name, `must be true or false, not "${value}"`);
    return value === 'true';
  }

  /** Reads a whole number from `low` to `high`, both included. */
  count(name: string, low: number, high: number): number {
    const value = this.requiredText(name);
    const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
    if (number >= low && number <= high) return number;
    throw this.error(name, `must be a whole number from ${low} to ${high}, not "${value}"`);
  }

  child(name: string): MetadataElement | undefined {
    return this.children(name)[0];
  }

  children(name: string): MetadataElement[] {
    const value = this.#content[name];
    if (value === undefined) return [];
    const contents: unknown[] = Array.isArray(value) ? value : [value];
    return contents.map((content) => new MetadataElement(`${this.#place}, <${name}>`, toContent(content)));
  }

  /** Makes an error about the element itself, to be thrown or given as a warning. */
  complain(complaint: string): SourceError {
    return new SourceError(this.#place, complaint);
  }

  /** Makes an error about a child, to be thrown or given as a warning. */
  error(name: string, complaint: string): SourceError {
    return new SourceError(this.#place, `<${name}> ${complaint}`);
  }
}

function parse(file: string, xml: string): Record<string, unknown> {
  try {
    return parseXml(xml);
  } catch (error) {
    throw new SourceError(file, error instanceof Error ? error.message : String(error));
  }
}

function toContent(value: unknown): Readonly<Record<string, unknown>> {
  return isJsonObject(value) || Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
