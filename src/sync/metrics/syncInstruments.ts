import type { SyncMeter } from './syncMeter.js';

/** Seconds. A request with journals takes from 50 ms up to the 20 s from which on the org counts it as long. */
const seconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60, 120];

/** The metrics: names and units by the conventions of OpenTelemetry. `docs/middleware.md` has the same list. */
export function syncInstruments(meter: SyncMeter) {
  const counter = (name: string, unit: string, description: string) =>
    meter.createCounter(`loyalty.sync.${name}`, { unit, description });
  const gauge = (name: string, unit: string, description: string) =>
    meter.createObservableGauge(`loyalty.sync.${name}`, { unit, description });
  return {
    rows: counter('rows', '{row}', 'Rows of feeds and pushes that were stored.'),
    transactions: counter('transactions', '{transaction}', 'Transactions that got an outcome.'),
    retries: counter('retries', '{retry}', 'Times that settled transactions had to be sent again.'),
    locks: counter('locks', '{request}', 'Requests that met a locked record.'),
    requestDuration: meter.createHistogram('loyalty.sync.request.duration', {
      unit: 's',
      description: 'Duration of requests with journals.',
      advice: { explicitBucketBoundaries: seconds },
    }),
    callsLeft: gauge('calls.left', '{call}', 'API calls that the org has left for these 24 hours.'),
    open: gauge('open', '{transaction}', 'Transactions that are not settled and do not wait for a person.'),
    oldestOpen: gauge('open.oldest', 's', 'Time since the oldest of them was stored.'),
  };
}
