/** Values by which a metric is divided. Never a key or a membership number: each value makes a series of its own. */
export type Attributes = Record<string, string | number>;

interface MetricOptions {
  description: string;
  unit: string;
  advice?: { explicitBucketBoundaries: number[] };
}

type Observe = (result: { observe(value: number, attributes?: Attributes): void }) => void | Promise<void>;

export interface Gauge {
  addCallback(observe: Observe): void;
  removeCallback(observe: Observe): void;
}

/** The part of a `Meter` of `@opentelemetry/api` that is used here. Only who uses OpenTelemetry needs its types. */
export interface SyncMeter {
  createCounter(name: string, options: MetricOptions): { add(value: number, attributes?: Attributes): void };
  createHistogram(name: string, options: MetricOptions): { record(value: number, attributes?: Attributes): void };
  createObservableGauge(name: string, options: MetricOptions): Gauge;
}

/** Not a literal type, so that neither a compiler nor a bundler needs a package that may be missing. */
const apiName: string = '@opentelemetry/api';

interface GlobalApi {
  readonly metrics: { getMeter(name: string): SyncMeter };
}

/** Returns the meter of the SDK that the process has registered. Undefined if `@opentelemetry/api` is not installed. */
export async function globalMeter(): Promise<SyncMeter | undefined> {
  try {
    const { metrics } = (await import(apiName)) as GlobalApi;
    return metrics.getMeter('sf-plugin-loyalty');
  } catch (error) {
    if (isNotInstalled(error)) return undefined;
    throw error;
  }
}

function isNotInstalled(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}
