import { xmlLibrary } from './xmlLibrary.js';

/** All values are parsed as texts, and attributes are left out. */
const options = { ignoreAttributes: true, parseTagValue: false, htmlEntities: true };

/**
 * Returns the elements of a metadata file as objects, lists and texts.
 * @throws {Error} with the reason, as a clause without its subject
 */
export function parseXml(xml: string): Record<string, unknown> {
  mustBeMetadataXml(xml);
  try {
    return new (xmlLibrary().XMLParser)(options).parse(xml) as Record<string, unknown>;
  } catch (error) {
    throw notMetadata(error);
  }
}

/** @throws {Error} with the reason, as a clause without its subject */
export function mustBeMetadataXml(xml: string): void {
  // The replacement for this function is another package with three more dependencies, for the same check.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const flaw = xmlLibrary().XMLValidator.validate(xml);
  if (flaw !== true) {
    const { line, reason } = unclosedElement(xml, flaw.err.msg) ?? { line: flaw.err.line, reason: flaw.err.msg };
    throw new Error(`is not valid XML at line ${line} (${sentencePart(reason)})`);
  }
  const control = controlCharacter.exec(xml);
  if (control) throw new Error(`is not valid XML at line ${lineAt(xml, control.index)} (${controlName(control[0])})`);
  // Metadata files have no DOCTYPE, and entities declared in one could expand without limit.
  if (/<!DOCTYPE/i.test(xml)) throw new Error('has a DOCTYPE, which metadata files do not have');
}

/** XML 1.0 has no other control characters, also not by their numbers. */
// eslint-disable-next-line no-control-regex
const controlCharacter = /[\0-\x08\v\f\x0e-\x1f]|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[\da-f]));/i;

function controlName(found: string): string {
  const shown = found.startsWith('&') ? found : `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  return `it has the control character ${shown}`;
}

/** A comment, a CDATA section, an instruction, or a tag: with its slash if it closes, its name, and that of an empty one. */
const markup =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)([^\s/>!?]+)(?:"[^"]*"|'[^']*'|[^"'>])*?(\/?)>/g;

/** The innermost element that is not closed at the end of a file, where the validator lists those around it. */
function unclosedElement(xml: string, message: string): { line: number; reason: string } | undefined {
  if (!message.startsWith("Invalid '[")) return undefined;
  const open: { readonly name: string; readonly index: number }[] = [];
  for (const { 1: slash, 2: name, 3: isEmpty, index } of xml.matchAll(markup)) {
    if (name === undefined || isEmpty === '/') continue;
    if (slash === '/') open.pop();
    else open.push({ name, index });
  }
  const last = open.at(-1);
  return last && { line: lineAt(xml, last.index), reason: `the file ends before <${last.name}> is closed` };
}

function lineAt(xml: string, index: number): number {
  return xml.slice(0, index).split(/\r\n?|\n/).length;
}

/** Says why the parser refused a file, such as for element names that are members of every JavaScript object. */
export function notMetadata(error: unknown): Error {
  const reason = sentencePart(error instanceof Error ? error.message : '');
  return new Error(`is not a metadata file (${reason})`, { cause: error });
}

function sentencePart(message: string): string {
  return message.replace(/\.$/, '').trim();
}
