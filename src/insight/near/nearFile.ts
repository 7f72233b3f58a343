import { RowLines } from '../rowLines.js';
import type { ExportFormat } from '../rowLines.js';
import { rewardTemplate } from './rewardTemplate.js';
import type { NearReward } from './nearReward.js';

export interface NearFileOptions {
  readonly format: ExportFormat;
  readonly withContact: boolean;
  readonly contactFields: readonly string[];
  /** Text of a message, with names in braces. */
  readonly template: string | undefined;
}

const rewardColumns = [
  'memberId',
  'membershipNumber',
  'name',
  'reward',
  'rewardName',
  'rewardId',
  'attributeName',
  'attributeId',
];
const distanceColumns = ['completed', 'target', 'left', 'percent', 'by'];
/** What a file has of a contact, besides other fields that were asked for. */
export const contactColumns = ['email', 'phone', 'canReceivePromotions'];

/** The lines of a file of members who are near a reward, which another program sends messages from. */
export class NearFile {
  readonly #lines: RowLines;
  readonly #message: ((row: NearReward) => string) | undefined;

  /** @throws {RangeError} for a template with a name that does not exist */
  constructor(options: NearFileOptions) {
    const { format, withContact, contactFields, template } = options;
    this.#lines = new RowLines(format, [
      ...rewardColumns,
      ...distanceColumns,
      ...(withContact ? [...contactColumns, ...contactFields] : []),
      ...(template === undefined ? [] : ['message']),
    ]);
    this.#message = template === undefined ? undefined : rewardTemplate(template, contactFields);
  }

  /** The first line of CSV. NDJSON has none. */
  get header(): string {
    return this.#lines.header;
  }

  line(row: NearReward): string {
    const { contact, attribute, ...rest } = row;
    const { fields, ...ways } = contact ?? { fields: {} };
    const message = this.#message ? { message: this.#message(row) } : {};
    const counting = { attributeName: attribute?.name ?? null, attributeId: attribute?.id ?? null };
    return this.#lines.line({ ...rest, ...counting, ...ways, ...fields, ...message });
  }
}
