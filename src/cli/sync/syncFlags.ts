import type { Preference, SyncOptions } from '../../sync/index.js';

/** The delivery flags as oclif parses them. */
export interface ParsedDeliveryFlags {
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
  readonly 'take-over': boolean;
  /** Percentages. */
  readonly 'notify-progress'?: readonly number[] | undefined;
}

type DeliveryOption =
  | 'batchSize'
  | 'concurrency'
  | 'prefer'
  | 'perMember'
  | 'settle'
  | 'wait'
  | 'reserve'
  | 'runPending'
  | 'uniqueField'
  | 'takeOver';

export function deliveryOptions(flags: ParsedDeliveryFlags): Pick<SyncOptions, DeliveryOption> {
  return {
    batchSize: flags['batch-size'],
    concurrency: flags.concurrency,
    prefer: flags.prefer,
    perMember: Math.min(flags['per-member'], flags['batch-size']),
    settle: flags.settle * 1000,
    wait: flags.wait === undefined ? undefined : flags.wait * 1000,
    reserve: flags.reserve,
    runPending: flags['run-pending'],
    uniqueField: flags['unique-field'],
    takeOver: flags['take-over'],
  };
}
