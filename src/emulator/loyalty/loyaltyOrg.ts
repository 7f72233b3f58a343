import { DateTime } from 'luxon';
import type { Org } from '../org.js';
import { Background } from '../platform/bulk/backgroundJobs.js';
import { Engine } from './engine/engine.js';
import { JournalReader } from './journalReader.js';
import { MemberDirectory } from './memberDirectory.js';
import { ProgramDirectory } from './programDirectory.js';

/** What every loyalty resource works with, made once for an org. */
export interface LoyaltyOrg {
  readonly org: Org;
  readonly programs: ProgramDirectory;
  readonly members: MemberDirectory;
  readonly journals: JournalReader;
  readonly engine: Engine;
  /** `yyyy-MM-dd`, in the time zone of the org. */
  readonly today: () => string;
  /** Jobs that run while requests are served. */
  readonly background: Background;
}

export function openLoyalty(org: Org): LoyaltyOrg {
  const { store, clock, settings } = org;
  const today = (): string => DateTime.fromMillis(clock.now(), { zone: settings.timeZone }).toISODate() ?? '';
  return {
    org,
    programs: new ProgramDirectory(store),
    members: new MemberDirectory(store),
    journals: new JournalReader(store),
    engine: new Engine(org, today),
    today,
    background: new Background(() => store.db.isOpen),
  };
}
