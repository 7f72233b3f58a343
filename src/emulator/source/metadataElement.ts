import { readFile } from 'node:fs/promises';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { SourceError } from './sourceError.js';

/** Texts stay texts: what a number is, the element that holds it knows. */
const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, htmlEntities: true });

/**
 * One element of a metadata file. It reads its children as what they should be, and says which file and element it was
 * when they are not that.
 */
export class MetadataElement {
  private constructor(
    /** The file, and the elements on the way here: `…/Brand__c.field-meta.xml, <valueSet>`. */
    private readonly place: string,
    private readonly content: Readonly<Record<string, unknown>>,
  ) {}

  /** @throws SourceError when the file is no XML, or has another root element, such as `CustomField` */
  public static async ofFile(file: string, root: string): Promise<MetadataElement> {
    const xml = await readFile(file, 'utf8');
    const content = parse(file, xml)[root];
    if (content === undefined) throw new SourceError(file, `has no <${root}> element`);
    return new MetadataElement(file, toContent(content));
  }

  /** Absent and empty are the same. */
  public text(name: string): string | undefined {
    const value = this.content[name];
    if (value === undefined || value === '') return undefined;
    if (typeof value !== 'string') throw this.error(name, 'must be one text');
    return value.trim();
  }

  /** @throws SourceError when it is absent */
  public requiredText(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw this.error(name, 'is missing');
    return value;
  }

  public flag(name: string): boolean {
    const value = this.text(name) ?? 'false';
    if (value !== 'true' && value !== 'false') throw this.error(name, `must be true or false, not "${value}"`);
    return value === 'true';
  }

  /** A whole number between two others, both included. */
  public count(name: string, low: number, high: number): number {
    const value = this.requiredText(name);
    const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
    if (number >= low && number <= high) return number;
    throw this.error(name, `must be a whole number from ${low} to ${high}, not "${value}"`);
  }

  public child(name: string): MetadataElement | undefined {
    return this.children(name)[0];
  }

  public children(name: string): MetadataElement[] {
    const value = this.content[name];
    if (value === undefined) return [];
    const contents: unknown[] = Array.isArray(value) ? value : [value];
    return contents.map((content) => new MetadataElement(`${this.place}, <${name}>`, toContent(content)));
  }

  /** What to throw, or to warn of, about a child. */
  public error(name: string, complaint: string): SourceError {
    return new SourceError(this.place, `<${name}> ${complaint}`);
  }
}

function parse(file: string, xml: string): Record<string, unknown> {
  // Its successor is another package with three more behind it, for the same check.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const flaw = XMLValidator.validate(xml);
  if (flaw !== true) throw new SourceError(file, `is no XML at line ${flaw.err.line} (${sentencePart(flaw.err.msg)})`);
  // No metadata file has one, and what is declared in it could grow without bounds.
  if (/<!DOCTYPE/i.test(xml)) throw new SourceError(file, 'has a DOCTYPE, which metadata files do not have');
  try {
    return parser.parse(xml) as Record<string, unknown>;
  } catch (error) {
    // An element that is called like a part of every JavaScript object.
    throw new SourceError(file, `is no metadata (${sentencePart(error instanceof Error ? error.message : '')})`);
  }
}

function toContent(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function sentencePart(message: string): string {
  return message.replace(/\.$/, '').trim();
}
