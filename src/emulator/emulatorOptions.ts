import type { Clock } from '../base/clock.js';
import type { FaultPlanInput } from './faults/index.js';
import type { RequestEvent } from './http/server.js';
import type { FlowFunctions, OutsideRules, ProgramRules } from '../rules/index.js';
import type { OrgSettings } from './org.js';
import type { EffectOptions } from './store/effectLog.js';
import type { CustomFields } from './store/model/objectModel.js';
import type { Store } from './store/store.js';

/** A local org that already listens, but is not yet known to other clients. */
export interface NewOrg {
  readonly url: string;
  readonly accessToken: string;
  /** The org's rows, for values that no API call can write. */
  readonly store: Store;
}

/** Creates the records that an org starts with. If it returns a promise, the org waits for it. */
export type Seed = (org: NewOrg) => unknown;

export interface EmulatorOptions {
  /** Default: any free port. */
  readonly port?: number;
  /** Default: 127.0.0.1, so other machines cannot reach the org. */
  readonly host?: string;
  /** Public domain names that clients use for the org: `org.example.com`. Other public names are refused. */
  readonly hostNames?: readonly string[];
  /** Folder that keeps the org between runs. Without it, the org writes no files. */
  readonly dataDir?: string;
  /** Snapshot to start with, as written by `save`. If there is a data folder, it must be new. */
  readonly from?: string;
  /** Whether only tokens that this org issued are accepted. Default: any well-formed token is accepted. */
  readonly strictAuth?: boolean;
  /** Username of the user that an invented token belongs to. Default: integration@loyalty.example. */
  readonly username?: string;
  readonly clock?: Clock;
  /** API calls allowed in 24 hours. Default: the limit of a full sandbox. */
  readonly dailyApiRequests?: number;
  readonly settings?: Partial<OrgSettings>;
  /**
   * One or more SFDX source folders, such as `force-app`. The org gets their custom objects and fields, and runs the rules
   * of their programs (LoyaltyProgramSetup) instead of the built-in ones.
   */
  readonly source?: string | readonly string[];
  /** Rules of programs, instead of those in the source folders. Their flows and decision tables are found there. */
  readonly rules?: readonly ProgramRules[];
  /**
   * Flows that rules in the source folders use: `{ Get_Rate: (inputs) => ({ Rate: 2 }) }`. They go before the canned
   * answers in `flows.yml`.
   */
  readonly flows?: FlowFunctions;
  /** Whether outputs of flows that nothing answers for are blank. Default: the org does not start. */
  readonly answerFlowsEmpty?: boolean;
  /** Answers for flows and decision tables, instead of `flows` and of the files in the source folders. */
  readonly outsideRules?: OutsideRules;
  /** Custom fields: `{ TransactionJournal: { Src_Key__c: { type: 'string', … } } }`. */
  readonly customFields?: CustomFields;
  /**
   * Creates the records that the org starts with, such as `exampleOrg` of `sf-plugin-loyalty/program` or your own
   * function. It runs before faults are injected and before calls are counted.
   */
  readonly seed?: Seed;
  /** Faults to inject. */
  readonly faults?: FaultPlanInput;
  /** Whether to keep a log of all committed changes. Default: no, because the log grows. */
  readonly effects?: boolean | EffectOptions;
  /** Called after each request. */
  readonly onRequest?: (event: RequestEvent) => void;
}
