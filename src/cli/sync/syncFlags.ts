import { Messages } from '@salesforce/core';
import type { Preference, RouteName, SyncOptions, UnknownMembers } from '../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.flags');

/** The delivery flags as oclif parses them. */
export interface ParsedDeliveryFlags {
  readonly route: RouteName;
  readonly 'batch-job'?: string | undefined;
  readonly process?: string | undefined;
  readonly 'batch-size': number;
  readonly concurrency: number;
  readonly prefer?: Preference | undefined;
  readonly 'per-member': number;
  /** In seconds. */
  readonly settle: number;
  /** In seconds. */
  readonly wait?: number | undefined;
  readonly reserve: number;
  readonly 'run-pending': boolean;
  readonly 'unique-field'?: string | undefined;
  readonly 'unknown-members'?: UnknownMembers | undefined;
  readonly 'take-over': boolean;
  readonly 'keep-payloads': boolean;
  readonly 'fail-without-effect': boolean;
  /** Percentages. */
  readonly 'notify-progress'?: readonly number[] | undefined;
}

type DeliveryOption =
  | 'route'
  | 'batchJob'
  | 'process'
  | 'batchSize'
  | 'concurrency'
  | 'prefer'
  | 'perMember'
  | 'settle'
  | 'wait'
  | 'reserve'
  | 'runPending'
  | 'unknownMembers'
  | 'uniqueField'
  | 'takeOver';

/** How a run was told to deliver, as flags for the commands that go on with it. */
export type DeliveryWords = Readonly<Record<string, string | number | true>>;

/** Values that need not be said. */
const usual: Readonly<Record<string, unknown>> = {
  route: 'realtime',
  'batch-size': 200,
  concurrency: 8,
  'per-member': 1,
  settle: 720,
  reserve: 0,
};
const kept = [
  ...([
    'route',
    'batch-job',
    'process',
    'batch-size',
    'concurrency',
    'prefer',
    'per-member',
    'settle',
    'wait',
    'reserve',
  ] as const),
  ...(['run-pending', 'unknown-members', 'unique-field', 'keep-payloads', 'fail-without-effect'] as const),
];

/** Returns the flags with which a run delivers otherwise than usual. Who takes over a source does so once. */
export function deliveryWords(flags: ParsedDeliveryFlags): DeliveryWords {
  const words: Record<string, string | number | true> = {};
  for (const name of kept) {
    const value = flags[name];
    if (value !== undefined && value !== false && value !== usual[name]) words[name] = value;
  }
  return words;
}

/** @throws {SfError} if the route does not take several transactions of a member in a request */
export function deliveryOptions(flags: ParsedDeliveryFlags): Pick<SyncOptions, DeliveryOption> {
  const { route, 'per-member': perMember } = flags;
  if (route !== 'realtime' && perMember !== 1) throw messages.createError('error.perMember', [perMember, route]);
  return {
    route: flags.route,
    batchJob: flags['batch-job'],
    process: flags.process,
    batchSize: flags['batch-size'],
    concurrency: flags.concurrency,
    prefer: flags.prefer,
    perMember: Math.min(flags['per-member'], flags['batch-size']),
    settle: flags.settle * 1000,
    wait: flags.wait === undefined ? undefined : flags.wait * 1000,
    reserve: flags.reserve,
    runPending: flags['run-pending'],
    unknownMembers: flags['unknown-members'],
    uniqueField: flags['unique-field'],
    takeOver: flags['take-over'],
  };
}
