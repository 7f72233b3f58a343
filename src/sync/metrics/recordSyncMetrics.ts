import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { systemClock } from '../../base/clock.js';
import type { Clock } from '../../base/clock.js';
import { requestChannel } from '../../client/index.js';
import type { CallEvent } from '../../client/index.js';
import type { Outbox } from '../../outbox/index.js';
import { syncOutcomeChannel, syncRequestChannel, syncRowsChannel } from '../syncWatch.js';
import type { SyncOutcome, SyncRequest, SyncRows } from '../syncWatch.js';
import { syncInstruments } from './syncInstruments.js';
import { globalMeter } from './syncMeter.js';
import type { Attributes, SyncMeter } from './syncMeter.js';

/** What is open in an outbox. A value that is not known is not shown. */
export interface MeasuredDelivery {
  open(): Promise<number | undefined>;
  oldestOpen: Outbox['delivery']['oldestOpen'];
}

export interface MetricsOptions {
  /**
   * The outbox that is delivered from, whose open transactions are shown. Another connection to its file would read the
   * queues again each time. Dispose the metrics before you close it.
   */
  readonly outbox?: { readonly delivery: MeasuredDelivery } | undefined;
  /** A `Meter` of OpenTelemetry. Default: that of `@opentelemetry/api`, if it is installed. */
  readonly meter?: SyncMeter | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * Records what all runs and services of this process do as metrics of OpenTelemetry, until the result is disposed. Call
 * it once in a process, after its SDK has been registered. Without `@opentelemetry/api` it does nothing.
 *
 * ```ts
 * using _metrics = await recordSyncMetrics({ outbox });
 * ```
 */
export async function recordSyncMetrics({ outbox, meter, clock }: MetricsOptions = {}): Promise<Disposable> {
  const found = meter ?? (await globalMeter());
  if (!found) return together([]);
  const instruments = syncInstruments(found);
  return together([
    ...countEvents(instruments),
    ...showCallsLeft(instruments),
    ...(outbox ? showOpen(instruments, outbox, clock ?? systemClock) : []),
  ]);
}

type Instruments = ReturnType<typeof syncInstruments>;

function countEvents({ rows, transactions, retries, locks, requestDuration }: Instruments): Disposable[] {
  return [
    listening(syncRowsChannel, (read: SyncRows) => rows.add(read.rows)),
    listening(syncOutcomeChannel, (outcomes: readonly SyncOutcome[]) => {
      for (const { is, attempts = 0 } of outcomes) {
        transactions.add(1, { 'loyalty.sync.outcome': is });
        // What is unknown gets another outcome later.
        if (is !== 'unknown' && attempts > 1) retries.add(attempts - 1);
      }
    }),
    listening(syncRequestChannel, ({ milliseconds, status, code, isLocked }: SyncRequest) => {
      const error: Attributes = code === undefined ? {} : { 'error.type': code };
      requestDuration.record(milliseconds / 1000, { 'loyalty.sync.request.status': status, ...error });
      if (isLocked) locks.add(1, error);
    }),
  ];
}

function showCallsLeft({ callsLeft }: Instruments): Disposable[] {
  let latest: number | undefined;
  return [
    listening(requestChannel, (event: CallEvent) => (latest = event.callsLeft ?? latest)),
    observing(callsLeft, async () => latest),
  ];
}

function showOpen(
  { open, oldestOpen }: Instruments,
  { delivery }: { readonly delivery: MeasuredDelivery },
  clock: Clock,
): Disposable[] {
  return [
    observing(open, () => delivery.open()),
    observing(oldestOpen, async () => {
      if ((await delivery.open()) === undefined) return undefined;
      const since = await delivery.oldestOpen();
      // The clock may have been set back.
      return since === undefined ? 0 : Math.max(0, clock.now() - since) / 1000;
    }),
  ];
}

/** Only this package publishes on its channels. */
function listening(channel: string, listen: (message: never) => void): Disposable {
  const listener = (message: unknown): void => listen(message as never);
  subscribe(channel, listener);
  return { [Symbol.dispose]: () => void unsubscribe(channel, listener) };
}

/** Shows a value each time that somebody looks, unless it is not known. */
function observing(gauge: Instruments['open'], read: () => Promise<number | undefined>): Disposable {
  const observe: Parameters<typeof gauge.addCallback>[0] = async (result) => {
    const value = await read();
    if (value !== undefined) result.observe(value);
  };
  gauge.addCallback(observe);
  return { [Symbol.dispose]: () => gauge.removeCallback(observe) };
}

function together(all: readonly Disposable[]): Disposable {
  return {
    [Symbol.dispose]: () => {
      for (const each of all) each[Symbol.dispose]();
    },
  };
}
