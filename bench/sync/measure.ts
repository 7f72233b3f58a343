import type { FeedFiles } from './feedFiles.js';

/** What a value must be, and what it should be. */
export interface Target {
  /** `share` is a ratio without a unit. */
  readonly unit: string;
  readonly digits: number;
  /** Whether more is better. */
  readonly better: 'less' | 'more';
  readonly must?: number;
  readonly aim?: number;
}

/** One line of the table. */
export interface MeasuredLine extends Target {
  readonly what: string;
}

export interface MeasureOptions {
  readonly feeds: FeedFiles;
  /** Also what takes many minutes. */
  readonly large: boolean;
  /** The real feed, a CSV file that examples/online-retail.yml maps. */
  readonly realFeed?: string;
  /** Divides all numbers of rows, to try the benchmark itself. */
  readonly scale: number;
}

/** Values of one round, by the names of the lines. */
export type RoundValues = Readonly<Record<string, number>>;

export interface Measure {
  readonly lines: Readonly<Record<string, MeasuredLine>>;
  /** Returns why it cannot be measured here, if so. */
  missing?(options: MeasureOptions): string | undefined;
  /** Measures once. What is compared takes turns: `number` counts the rounds from 1. */
  round(options: MeasureOptions, number: number): Promise<RoundValues>;
}
