import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import type { ProgramFacts } from '../programFacts.js';
import type { FeatureWindows } from './featureWindows.js';

/** What the features of members are computed from. */
export interface FeatureContext {
  readonly db: DatabaseSync;
  readonly facts: ProgramFacts;
  readonly windows: FeatureWindows;
  /** `yyyy-MM-dd` */
  readonly today: string;
  /** Id of the primary spendable currency. Empty for a program without one. */
  readonly currencyId: string;
}
