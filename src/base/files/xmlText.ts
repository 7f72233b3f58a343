import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** All values are parsed as texts, and attributes are left out. */
const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, htmlEntities: true });

/**
 * Returns the elements of a metadata file as objects, lists and texts.
 * @throws {Error} with the reason, as a clause without its subject
 */
export function parseXml(xml: string): Record<string, unknown> {
  mustBeMetadataXml(xml);
  try {
    return parser.parse(xml) as Record<string, unknown>;
  } catch (error) {
    throw notMetadata(error);
  }
}

/** @throws {Error} with the reason, as a clause without its subject */
export function mustBeMetadataXml(xml: string): void {
  // The replacement for this function is another package with three more dependencies, for the same check.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const flaw = XMLValidator.validate(xml);
  if (flaw !== true) throw new Error(`is not valid XML at line ${flaw.err.line} (${sentencePart(flaw.err.msg)})`);
  // Metadata files have no DOCTYPE, and entities declared in one could expand without limit.
  if (/<!DOCTYPE/i.test(xml)) throw new Error('has a DOCTYPE, which metadata files do not have');
}

/** Says why the parser refused a file, such as for element names that are members of every JavaScript object. */
export function notMetadata(error: unknown): Error {
  const reason = sentencePart(error instanceof Error ? error.message : '');
  return new Error(`is not a metadata file (${reason})`, { cause: error });
}

function sentencePart(message: string): string {
  return message.replace(/\.$/, '').trim();
}
