import type { Attributes, Gauge, SyncMeter } from './syncMeter.js';

type Observe = Parameters<Gauge['addCallback']>[0];

/** A metric with all its series. */
interface Metric {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly description: string;
  readonly lines: () => Promise<string[]>;
}

/** Buckets of a histogram that says nothing else. */
const usualBoundaries = [0.01, 0.1, 1, 10];

/**
 * A meter that shows its metrics as Prometheus reads them, with the names that the exporter of OpenTelemetry gives them.
 * For a process without that SDK.
 */
export class PrometheusMeter implements SyncMeter {
  readonly #metrics = new Map<string, Metric>();

  createCounter(name: string, { description }: { description: string }): ReturnType<SyncMeter['createCounter']> {
    const series = new Map<string, number>();
    const shown = `${nameOf(name)}_total`;
    this.#metrics.set(shown, { kind: 'counter', description, lines: async () => linesOf(shown, series) });
    return { add: (value, attributes = {}) => addTo(series, labelsOf(attributes), value) };
  }

  createHistogram(
    name: string,
    { description, advice }: { description: string; advice?: { explicitBucketBoundaries: number[] } },
  ): ReturnType<SyncMeter['createHistogram']> {
    const histogram = new Histogram(nameOf(name), advice?.explicitBucketBoundaries ?? usualBoundaries);
    this.#metrics.set(nameOf(name), { kind: 'histogram', description, lines: async () => histogram.lines() });
    return { record: (value, attributes = {}) => histogram.record(value, attributes) };
  }

  createObservableGauge(name: string, { description }: { description: string }): Gauge {
    const looks = new Set<Observe>();
    const lines = (): Promise<string[]> => observed(nameOf(name), looks);
    this.#metrics.set(nameOf(name), { kind: 'gauge', description, lines });
    return { addCallback: (look) => void looks.add(look), removeCallback: (look) => void looks.delete(look) };
  }

  /** All metrics that have a value, in the text format 0.0.4. */
  async text(): Promise<string> {
    const shown = [...this.#metrics].map(async ([name, { kind, description, lines }]) => {
      const found = await lines();
      return found.length === 0 ? [] : [`# HELP ${name} ${description}`, `# TYPE ${name} ${kind}`, ...found];
    });
    return `${(await Promise.all(shown)).flat().join('\n')}\n`;
  }
}

class Histogram {
  readonly #name: string;
  readonly #boundaries: readonly number[];
  readonly #buckets = new Map<string, number>();
  readonly #sums = new Map<string, number>();
  readonly #counts = new Map<string, number>();

  constructor(name: string, boundaries: readonly number[]) {
    this.#name = name;
    this.#boundaries = boundaries;
  }

  record(value: number, attributes: Attributes): void {
    const labels = labelsOf(attributes);
    for (const le of [...this.#boundaries, '+Inf'])
      addTo(this.#buckets, labelsOf({ ...attributes, le }), value <= Number(le) || le === '+Inf' ? 1 : 0);
    addTo(this.#sums, labels, value);
    addTo(this.#counts, labels, 1);
  }

  lines(): string[] {
    return [
      ...linesOf(`${this.#name}_bucket`, this.#buckets),
      ...linesOf(`${this.#name}_sum`, this.#sums),
      ...linesOf(`${this.#name}_count`, this.#counts),
    ];
  }
}

/** A value that cannot be told now is left out, and keeps no other from being shown. */
async function observed(name: string, looks: ReadonlySet<Observe>): Promise<string[]> {
  const series = new Map<string, number>();
  const observe = (value: number, attributes: Attributes = {}): void => void series.set(labelsOf(attributes), value);
  await Promise.allSettled([...looks].map(async (look) => look({ observe })));
  return linesOf(name, series);
}

function addTo(series: Map<string, number>, labels: string, value: number): void {
  series.set(labels, (series.get(labels) ?? 0) + value);
}

function linesOf(name: string, series: ReadonlyMap<string, number>): string[] {
  return [...series].map(([labels, value]) => `${name}${labels} ${value}`);
}

function labelsOf(attributes: Attributes): string {
  const labels = Object.entries(attributes).map(([name, value]) => `${nameOf(name)}="${escaped(String(value))}"`);
  return labels.length === 0 ? '' : `{${labels.join(',')}}`;
}

function nameOf(name: string): string {
  return name.replaceAll(/[^a-zA-Z0-9_]/g, '_');
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
