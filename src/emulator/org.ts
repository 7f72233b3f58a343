import type { Clock } from '../base/clock.js';
import type { Faults, LongRequests } from './faults/index.js';
import type { DailyCalls } from './http/dailyCalls.js';
import { defaultLoyaltySettings } from './loyalty/loyaltySettings.js';
import type { LoadedRules } from './loyalty/rules/loadedRules.js';
import type { GivenText, OutsideRules, ProgramRules, RuleRecord } from '../rules/index.js';
import type { MetadataComponent } from './metadata/components/metadataComponent.js';
import type { ComponentTable } from './metadata/components/componentTable.js';
import type { LoyaltySettings } from './loyalty/loyaltySettings.js';
import type { ViewedRecords } from './platform/recent/viewedRecords.js';
import type { BulkUsage } from './platform/bulk/bulkUsage.js';
import type { Sessions } from './platform/auth/sessionStore.js';
import type { EffectLog } from './store/effectLog.js';
import type { RowLocks } from './store/locks/rowLocks.js';
import type { Store } from './store/store.js';

/** Settings that an admin makes in Setup. */
export interface OrgSettings extends LoyaltySettings {
  /** Loyalty setting `enableNegativePointBalance`: whether a debit may take a balance below zero. Off in a new org. */
  readonly allowNegativeBalance: boolean;
  /**
   * Whether journals and ledgers can be deleted with REST and Bulk. Default: no, because in an org only the SOAP API
   * can delete them (Help). The ledgers of a journal must always be deleted first.
   */
  readonly allowJournalDeletion: boolean;
  /**
   * Whether the org has several currencies of money, or a list of them with the corporate currency first:
   * `['EUR', 'USD']`. Records then have a `CurrencyIsoCode`. Off in a new org, where the field does not exist.
   */
  readonly multiCurrency: boolean | readonly string[];
  /** IANA name of the time zone. It decides when the days of date literals such as TODAY begin. */
  readonly timeZone: string;
}

export const defaultSettings: OrgSettings = {
  allowNegativeBalance: false,
  allowJournalDeletion: false,
  multiCurrency: false,
  timeZone: 'UTC',
  ...defaultLoyaltySettings,
};

/** The parts of the org that all rooms of the emulator use. */
export interface Org {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: OrgSettings;
  readonly sessions: Sessions;
  readonly usage: DailyCalls;
  readonly bulkUsage: BulkUsage;
  readonly viewedRecords: ViewedRecords;
  readonly longRequests: LongRequests;
  readonly faults: Faults;
  /** Row locks. Background work calls `locks.run` to wait for rows as requests do. */
  readonly locks: RowLocks;
  /** Rules that the org was started with, or that were deployed. */
  rules: LoadedRules | undefined;
  /**
   * Returns what answers for flows and decision tables of rules.
   *
   * @throws {RulesSourceError} when nothing answers for one
   */
  readonly answersFor: (
    programs: readonly ProgramRules[],
    decisionTables: ReadonlyMap<string, GivenText>,
  ) => Promise<OutsideRules>;
  /** Rows of decision tables as they were at the last refresh, by name in lower case. They do not survive a restart. */
  readonly refreshedTables: Map<string, readonly RuleRecord[]>;
  /** Deployed metadata. */
  readonly componentTable: ComponentTable;
  /** Metadata of the source folders that the org was started with. */
  readonly sourceComponents: readonly MetadataComponent[];
  /** Undefined if the org was started without `effects`. */
  readonly effects: EffectLog | undefined;
}
