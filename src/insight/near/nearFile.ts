import { csvHeadOf, csvLineOf } from '../../base/csv/writeCsv.js';
import { rewardTemplate } from './rewardTemplate.js';
import type { NearReward } from './nearReward.js';

export const nearFormats = ['csv', 'ndjson'] as const;
export type NearFormat = (typeof nearFormats)[number];

export interface NearFileOptions {
  readonly format: NearFormat;
  readonly withContact: boolean;
  readonly contactFields: readonly string[];
  /** Text of a message, with names in braces. */
  readonly template: string | undefined;
}

const rewardColumns = ['memberId', 'membershipNumber', 'name', 'reward', 'rewardName', 'rewardId'];
const distanceColumns = ['completed', 'target', 'left', 'percent', 'by'];
const contactColumns = ['email', 'phone', 'canReceivePromotions'];

/** The lines of a file of members who are near a reward, which another program sends messages from. */
export class NearFile {
  readonly #options: NearFileOptions;
  readonly #columns: readonly string[];
  readonly #message: ((row: NearReward) => string) | undefined;

  /** @throws {RangeError} for a template with a name that does not exist */
  constructor(options: NearFileOptions) {
    const { withContact, contactFields, template } = options;
    this.#options = options;
    this.#columns = [
      ...rewardColumns,
      ...distanceColumns,
      ...(withContact ? [...contactColumns, ...contactFields] : []),
      ...(template === undefined ? [] : ['message']),
    ];
    this.#message = template === undefined ? undefined : rewardTemplate(template, contactFields);
  }

  /** The first line of CSV. NDJSON has none. */
  get header(): string {
    return this.#options.format === 'csv' ? csvHeadOf(this.#columns) : '';
  }

  line(row: NearReward): string {
    const { contact, ...rest } = row;
    const { fields, ...ways } = contact ?? { fields: {} };
    const message = this.#message ? { message: this.#message(row) } : {};
    const flat = { ...rest, ...ways, ...fields, ...message };
    return this.#options.format === 'csv' ? csvLineOf(this.#columns, flat) : `${JSON.stringify(flat)}\n`;
  }
}
