import type { Clock } from '../base/clock.js';
import type { FaultPlanInput } from './faults/index.js';
import type { RequestEvent } from './http/server.js';
import type { OrgSettings } from './org.js';
import type { EffectOptions } from './store/effects.js';
import type { CustomFields } from './store/model/objectModel.js';
import type { Store } from './store/store.js';

/** A local org that listens, before anybody else knows of it. */
export interface NewOrg {
  readonly url: string;
  readonly accessToken: string;
  /** Its rows, for what no call can write. */
  readonly store: Store;
}

/** Puts in what an org begins with. A promise that it returns is waited for. */
export type Seed = (org: NewOrg) => unknown;

export interface EmulatorOptions {
  /** Default: any free one. */
  readonly port?: number;
  /** Default: 127.0.0.1, so that nobody else can reach it. */
  readonly host?: string;
  /** Names that clients reach it by, where public DNS could have them: `org.example.com`. Others are refused. */
  readonly hostNames?: readonly string[];
  /** Folder that keeps the org between runs. Without it nothing is written to any file. */
  readonly dataDir?: string;
  /** Snapshot to begin with, as `save` writes it. With a data folder, the folder has to be a new one. */
  readonly from?: string;
  /** Accept only tokens that this org issued. Default: any that is well-formed. */
  readonly strictAuth?: boolean;
  /** Username of the user that a made-up token acts as. Default: integration@loyalty.example. */
  readonly username?: string;
  readonly clock?: Clock;
  /** Calls allowed in 24 hours. Default: those of a full sandbox. */
  readonly dailyApiRequests?: number;
  readonly settings?: Partial<OrgSettings>;
  /** SFDX source folder, such as `force-app`, or several: their custom objects and fields are the org's too. */
  readonly source?: string | readonly string[];
  /** The org's own fields: `{ TransactionJournal: { Src_Key__c: { type: 'string', … } } }`. */
  readonly customFields?: CustomFields;
  /**
   * Puts in what the org begins with, before anything goes wrong and before calls are counted: `exampleOrg` of
   * `sf-plugin-loyalty/program`, or your own.
   */
  readonly seed?: Seed;
  /** What is to go wrong. */
  readonly faults?: FaultPlanInput;
  /** Keep a log of every committed change. Default: no, because it grows. */
  readonly effects?: boolean | EffectOptions;
  /** Called after each request. */
  readonly onRequest?: (event: RequestEvent) => void;
}
