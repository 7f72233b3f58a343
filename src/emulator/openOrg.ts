import { mkdirSync } from 'node:fs';
import { systemClock } from '../base/clock.js';
import { sObjects } from '../contract/objects/index.js';
import type { SObjectDefinition } from '../contract/sobject.js';
import { LongRequests } from './faults/index.js';
import { ApiUsage } from './http/apiUsage.js';
import type { EmulatorOptions } from './options.js';
import { defaultSettings, type Org } from './org.js';
import { integrationUserId, seedPlatform } from './platform/seed.js';
import { Sessions } from './platform/sessions.js';
import { readSource, type SourceModel } from './source/readSource.js';
import { EffectLog } from './store/effects.js';
import { ObjectModel } from './store/objectModel.js';
import { RowLocks } from './store/rowLocks.js';
import { Store } from './store/store.js';

const fullSandboxCalls = 5_000_000;

/** The objects of an org with that source folder. @throws SourceError */
export async function definitionsOf({ source }: EmulatorOptions): Promise<SourceModel> {
  return source === undefined ? { definitions: sObjects, warnings: [] } : readSource(source, sObjects);
}

/** An org with its rows, before any room has put something into it. @throws DataDirInUseError, DataDirBrokenError */
export function openOrg(definitions: readonly SObjectDefinition[], options: EmulatorOptions): Org {
  const { dataDir, strictAuth = false, clock = systemClock } = options;
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const model = new ObjectModel(definitions, options.customFields);
  const store = new Store({ model, clock, userId: integrationUserId, dataDir });
  const { organizationId } = seedPlatform(store);
  return {
    store,
    clock,
    settings: { ...defaultSettings, ...options.settings },
    sessions: new Sessions({ organizationId, defaultUserId: integrationUserId, strict: strictAuth }),
    usage: new ApiUsage(clock, options.dailyApiRequests ?? fullSandboxCalls),
    longRequests: new LongRequests(clock),
    locks: new RowLocks(store, clock),
    effects: effectLog(store, options),
  };
}

function effectLog(store: Store, { effects, clock = systemClock }: EmulatorOptions): EffectLog | undefined {
  if (effects === undefined || effects === false) return undefined;
  const log = new EffectLog(clock, effects === true ? {} : effects);
  store.addWatch(log);
  return log;
}
