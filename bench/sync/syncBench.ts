import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { say } from '../processes.js';
import { calibrate } from './calibration.js';
import type { Calibration } from './calibration.js';
import { FeedFiles } from './feedFiles.js';
import type { Measure, MeasureOptions, RoundValues } from './measure.js';
import { measures } from './measures/index.js';
import { tableHead, tableRow, valuesOf } from './resultTable.js';

/**
 * Measures the sync, and prints one table.
 * @param args names of measures (default: all), `--rounds N` (default 3), `--real-feed FILE`, `--large`, and `--scale N`,
 * which divides all numbers of rows
 */
export async function benchSync(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: flags });
  const unknown = positionals.filter((name) => !(name in measures));
  if (unknown.length > 0)
    throw new Error(`No measure ${unknown.join(', ')}. There are: ${Object.keys(measures).join(', ')}.`);
  const folder = await mkdtemp(join(tmpdir(), 'loyalty-bench-'));
  try {
    const realFeed = values['real-feed'] ?? process.env['BENCH_REAL_FEED'];
    const options: MeasureOptions = {
      ...{ feeds: new FeedFiles(folder), large: values.large, scale: Number(values.scale) },
      ...(realFeed !== undefined && { realFeed }),
    };
    const rows: string[] = [];
    for (const [name, measure] of Object.entries(measures)) {
      if (positionals.length > 0 && !positionals.includes(name)) continue;
      rows.push(...(await measured(name, measure, { ...options, rounds: Number(values.rounds) })));
    }
    say(`\n${tableHead}\n${rows.join('\n')}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const flags = {
  rounds: { type: 'string', default: '3' },
  'real-feed': { type: 'string' },
  large: { type: 'boolean', default: false },
  scale: { type: 'string', default: '1' },
} as const;

async function measured(
  name: string,
  measure: Measure,
  { rounds, ...options }: MeasureOptions & { readonly rounds: number },
): Promise<string[]> {
  const missing = measure.missing?.(options);
  if (missing !== undefined) {
    say(`\n${name}: left out. ${missing}`);
    return [];
  }
  say(`\n${name}`);
  const values: RoundValues[] = [];
  for (let number = 1; number <= rounds; number++) {
    const noise = calibrate();
    values.push(await measure.round(options, number));
    say(`  round ${number}: ${textOf(values.at(-1) ?? {})} | machine: ${noiseText(noise)}`);
  }
  return Object.entries(measure.lines).flatMap(([line, what]) => {
    const all = valuesOf(line, values);
    return all.length === 0 ? [] : tableRow(what, all);
  });
}

function textOf(values: RoundValues): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${Number(value.toPrecision(4)).toLocaleString('en')}`)
    .join(', ');
}

function noiseText({ processor, commit }: Calibration): string {
  return `fixed work ${processor.toFixed(0)} ms, a durable commit ${commit.toFixed(2)} ms`;
}
