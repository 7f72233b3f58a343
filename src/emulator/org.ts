import type { Clock } from '../base/clock.js';
import type { Faults, LongRequests } from './faults/index.js';
import type { ApiUsage } from './http/apiUsage.js';
import { defaultLoyaltySettings, type LoyaltySettings } from './loyalty/loyaltySettings.js';
import type { BulkUsage } from './platform/bulk/bulkUsage.js';
import type { Sessions } from './platform/auth/sessions.js';
import type { EffectLog } from './store/effects.js';
import type { RowLocks } from './store/locks/rowLocks.js';
import type { Store } from './store/store.js';

/** What an admin has switched on in Setup. */
export interface OrgSettings extends LoyaltySettings {
  /** Loyalty setting `enableNegativePointBalance`: may a debit take a balance below zero? Off in a new org. */
  readonly allowNegativeBalance: boolean;
  /**
   * May journals and ledgers be deleted by REST and Bulk? In an org only the SOAP API deletes them (Help), so: no. The
   * ledgers of a journal have to be deleted first in any case.
   */
  readonly allowJournalDeletion: boolean;
  /**
   * Are there several currencies of money? Then records have a `CurrencyIsoCode`. Or which ones, the corporate currency
   * first: `['EUR', 'USD']`. Off in a new org: the field does not exist.
   */
  readonly multiCurrency: boolean | readonly string[];
  /** IANA name. Days of date literals such as TODAY begin in it. */
  readonly timeZone: string;
}

export const defaultSettings: OrgSettings = {
  allowNegativeBalance: false,
  allowJournalDeletion: false,
  multiCurrency: false,
  timeZone: 'UTC',
  ...defaultLoyaltySettings,
};

/** What every room of the emulator gets to work with. */
export interface Org {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: OrgSettings;
  readonly sessions: Sessions;
  readonly usage: ApiUsage;
  readonly bulkUsage: BulkUsage;
  readonly longRequests: LongRequests;
  readonly faults: Faults;
  /** For work that no request waits for: `locks.run` makes it wait for rows as requests do. */
  readonly locks: RowLocks;
  /** Kept only when somebody has asked for it. */
  readonly effects: EffectLog | undefined;
}
