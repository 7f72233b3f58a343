import { contactColumns } from '../near/nearFile.js';
import { RowLines } from '../rowLines.js';
import type { ExportFormat } from '../rowLines.js';
import type { FeatureWindows } from './featureWindows.js';
import type { NamedMember } from '../near/nearContacts.js';
import { featureColumns } from './segmentMembers.js';
import type { SegmentMember } from './segmentMembers.js';

/** A member of a segment, with what the org says of the person if that was asked for. */
export type DescribedMember = SegmentMember & Partial<NamedMember>;

export interface SegmentRowsOptions {
  readonly format: ExportFormat;
  /** Name of the segment, which each row has. */
  readonly segment: string;
  readonly windows: FeatureWindows;
  /** Whether rows have a name and a contact; and further fields of it. */
  readonly withContact: boolean;
  readonly contactFields: readonly string[];
}

/** The lines of a file of the members of a segment, with all of their features. */
export class SegmentRows {
  readonly #lines: RowLines;
  readonly #segment: string;

  constructor({ format, segment, windows, withContact, contactFields }: SegmentRowsOptions) {
    this.#segment = segment;
    this.#lines = new RowLines(format, [
      ...['memberId', 'membershipNumber', 'segment'],
      ...(withContact ? ['name', ...contactColumns, ...contactFields] : []),
      ...featureColumns(windows).map(([column]) => column),
    ]);
  }

  get header(): string {
    return this.#lines.header;
  }

  line({ memberId, membershipNumber, features, ...person }: DescribedMember): string {
    const { contact, ...named } = person;
    const { fields, ...ways } = contact ?? { fields: {} };
    return this.#lines.line({
      memberId,
      membershipNumber,
      segment: this.#segment,
      ...named,
      ...ways,
      ...fields,
      ...features,
    });
  }
}
