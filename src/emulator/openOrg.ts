import { systemClock } from '../base/clock.js';
import { definedValues } from '../base/definedValues.js';
import { makePrivateFolder } from '../base/files/privateFiles.js';
import type { SObjectDefinition } from '../contract/sobject.js';
import { DueClock, Faults, LongRequests } from './faults/index.js';
import { DailyCalls } from './http/dailyCalls.js';
import { isKeptInEffects } from './loyalty/keptFields.js';
import type { EmulatorOptions } from './emulatorOptions.js';
import type { LoadedRules } from './loyalty/rules/loadedRules.js';
import { answersFor } from './loyalty/rules/openRules.js';
import { defaultSettings } from './org.js';
import type { Org, OrgSettings } from './org.js';
import { BulkUsage } from './platform/bulk/bulkUsage.js';
import { ViewedRecords } from './platform/recent/viewedRecords.js';
import { integrationUserId, seedPlatform } from './platform/seedPlatform.js';
import { Sessions } from './platform/auth/sessionStore.js';
import { ComponentTable, componentTableName } from './metadata/components/componentTable.js';
import { orgObjects } from './orgObjects.js';
import { readSnapshot, readSnapshotTable } from './snapshot/readSnapshot.js';
import { SnapshotError } from './snapshot/snapshotFormat.js';
import { orgFile } from './store/dataDir.js';
import { EffectLog } from './store/effectLog.js';
import { ObjectModel } from './store/model/objectModel.js';
import { RowLocks } from './store/locks/rowLocks.js';
import { Store } from './store/store.js';

const fullSandboxCalls = 5_000_000;

/** What was read of the source folders of an org, besides its objects. */
export interface OpeningParts {
  readonly rules?: LoadedRules | undefined;
  readonly sourceComponents?: Org['sourceComponents'];
}

/**
 * Opens an org with its rows, before any room adds records.
 *
 * @throws {DataDirInUseError} when another org uses the data folder
 * @throws {DataDirBrokenError} when the file in the data folder cannot be read
 * @throws {SnapshotError} when the org cannot start with the file in `from`
 * @throws {RulesSourceError} when nothing answers for a flow or decision table of deployed rules
 * @throws {RangeError} when a currency is not an ISO 4217 code
 */
export async function openOrg(
  definitions: readonly SObjectDefinition[],
  options: EmulatorOptions,
  { rules, sourceComponents = [] }: OpeningParts = {},
): Promise<Org> {
  const { dataDir, from, clock = systemClock } = options;
  if (dataDir !== undefined) makePrivateFolder(dataDir, [orgFile]);
  const settings = { ...defaultSettings, ...definedValues(options.settings ?? {}) };
  const model = new ObjectModel(orgObjects(definitions, settings), options.customFields);
  const deletesLikeSoap = settings.allowJournalDeletion;
  const store = new Store({ model, clock, userId: integrationUserId, dataDir, deletesLikeSoap });
  try {
    const componentTable = new ComponentTable(store.db);
    const base = { store, settings, clock, componentTable, sourceComponents };
    if (from !== undefined) beginWith(from, store, dataDir);
    // Deployed fields must exist before their values are read.
    const restored = componentTable.isEmpty ? undefined : await import('./metadata/restoreMetadata.js');
    if (restored) store.changeModel(restored.restoredObjects(base));
    if (from !== undefined) readSnapshot(store.db, model, from);
    const org: Org = { ...base, ...partsOf(store, settings, options), rules };
    if (restored) await restored.restoreRules(org);
    return org;
  } catch (error) {
    store.close();
    throw error;
  }
}

type OrgParts = Omit<Org, 'clock' | 'componentTable' | 'rules' | 'settings' | 'sourceComponents' | 'store'>;

/** Everything that is made anew whenever an org starts. */
function partsOf(store: Store, { timeZone }: OrgSettings, options: EmulatorOptions): OrgParts {
  const { strictAuth = false, clock = systemClock } = options;
  const { organizationId } = seedPlatform(store, { timeZone, username: options.username });
  const dueClock = new DueClock(clock);
  const locks = new RowLocks(store, dueClock);
  const longRequests = new LongRequests(clock);
  return {
    sessions: new Sessions({ organizationId, defaultUserId: integrationUserId, strict: strictAuth }),
    usage: new DailyCalls(clock, options.dailyApiRequests ?? fullSandboxCalls),
    bulkUsage: new BulkUsage(clock),
    viewedRecords: new ViewedRecords(),
    longRequests,
    locks,
    refreshedTables: new Map(),
    faults: new Faults({ clock: dueClock, locks, longRequests }),
    answersFor: (programs, decisionTables) => answersFor(options, programs, decisionTables),
    effects: effectLog(store, options),
  };
}

/**
 * Checks that a snapshot can be read, and reads its metadata into an empty org.
 *
 * @throws {SnapshotError} when the org is not empty, or the file is not a snapshot
 */
function beginWith(from: string, { db }: Store, dataDir: string | undefined): void {
  if (db.prepare('SELECT 1 FROM "Organization" LIMIT 1').get()) {
    throw new SnapshotError(`The data folder ${dataDir ?? ''} already has an org.`, [
      'Choose a new folder for the snapshot, or leave out --from to use the org in this folder.',
    ]);
  }
  readSnapshotTable(db, componentTableName, from);
}

function effectLog(store: Store, { effects, clock = systemClock }: EmulatorOptions): EffectLog | undefined {
  if (effects === undefined || effects === false) return undefined;
  const log = new EffectLog(clock, effects === true ? {} : effects, isKeptInEffects);
  store.addWatch(log);
  return log;
}
