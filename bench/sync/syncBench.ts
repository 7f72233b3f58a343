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
    const wanted = Object.keys(measures).filter((name) => positionals.length === 0 || positionals.includes(name));
    if (options.scale !== 1)
      say(`All numbers of rows are divided by ${options.scale}, also those that the table names.`);
    const rows: string[] = [];
    for (const name of wanted) rows.push(...(await measured(name, options, Number(values.rounds))));
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

/** Returns the rows of the table. What fails is said, and the other measures go on. */
async function measured(name: string, options: MeasureOptions, rounds: number): Promise<string[]> {
  const measure = measures[name];
  const missing = measure?.missing?.(options);
  if (!measure || missing !== undefined) {
    say(`\n${name}: left out. ${missing}`);
    return [];
  }
  say(`\n${name}`);
  try {
    return tableRows(measure, await roundsOf(measure, options, rounds));
  } catch (error) {
    process.exitCode = 1;
    say(`  failed: ${String(error)}`);
    return [`| ${name} | failed | – | – | no |`];
  }
}

async function roundsOf(measure: Measure, options: MeasureOptions, rounds: number): Promise<RoundValues[]> {
  const values: RoundValues[] = [];
  const noise: Calibration[] = [];
  for (let number = 1; number <= rounds; number++) {
    noise.push(calibrate());
    values.push(await measure.round(options, number));
    say(`  round ${number}: ${textOf(values.at(-1) ?? {})}`);
  }
  say(`  machine: ${noiseText(noise)}`);
  return values;
}

function tableRows({ lines }: Measure, rounds: readonly RoundValues[]): string[] {
  return Object.entries(lines).flatMap(([line, what]) => {
    const values = valuesOf(line, rounds);
    return values.length === 0 ? [] : tableRow(what, values);
  });
}

function textOf(values: RoundValues): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${Number(value.toPrecision(4)).toLocaleString('en')}`)
    .join(', ');
}

/** Says how much fixed amounts of work differed: less than that, a difference of the sync says nothing. */
function noiseText(noise: readonly Calibration[]): string {
  const list = (values: number[], digits: number): string => values.map((value) => value.toFixed(digits)).join(', ');
  const work = list(
    noise.map(({ processor }) => processor),
    0,
  );
  const commits = list(
    noise.map(({ commit }) => commit),
    2,
  );
  return `fixed processor work ${work} ms; a durable commit ${commits} ms`;
}
