import { parse } from 'csv-parse/sync';
import { join } from 'node:path';
import { SyncResult } from '../../src/cli/sync/syncResult.js';
import { expectToAddUp } from '../sync/org/counts.js';
import { resultOf } from './cli.js';
import type { Ended } from './cli.js';

/** The mapping of the example shop's feed. */
export const harbourMap = join(import.meta.dirname, '../../examples/harbour-feed.yml');

export const feedHeader = 'Receipt,Product,Description,Quantity,Date,UnitPrice,Member,Store';

/** Returns a feed as the example shop exports it. */
export function feedOf(rows: readonly string[]): string {
  return `\uFEFF${[feedHeader, ...rows].join('\r\n')}\r\n`;
}

/** Returns rows in which each of these members buys a cup, on separate receipts. */
export function cups(members: readonly string[], firstReceipt = 700_001): string[] {
  return members.map(
    (member, index) => `${firstReceipt + index},CUP-01,Flat white,1,1/9/2026 07:05,3.4,${member},Pier 4`,
  );
}

/** Returns the report of a sync command, after checking that its counts add up. */
export function reportOf(ended: Ended): SyncResult {
  const report = resultOf(ended, SyncResult);
  expectToAddUp(report.counts);
  return report;
}

/** Returns the rows of a CSV text by column. */
export function csvRows(text: string): Record<string, string>[] {
  return parse(text, { bom: true, columns: true });
}
