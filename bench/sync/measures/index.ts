import type { Measure } from '../measure.js';
import { single } from './single.js';
import { throughput } from './throughput.js';

/** The measures by the names that the command takes. */
export const measures: Readonly<Record<string, Measure>> = {
  even: throughput('even', { must: 30_000, aim: 60_000 }),
  skewed: throughput('skewed', { must: 25_000, aim: 50_000 }),
  single,
};
