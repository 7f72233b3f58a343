import { endedGroupsInMemory } from '../feed.js';
import type { FeedEntry } from '../feed.js';
import { FeedError } from '../feedError.js';
import { parseMapping } from '../mapping/mapping.js';
import { formatOf, openFeed, sourceOf } from '../openFeed.js';
import type { FeedFormat } from '../openFeed.js';
import type { Rejection } from '../rejection.js';
import { isDatabaseAddress } from '../database/databaseAddress.js';
import { databaseSample } from './databaseSample.js';
import { draftMapping } from './draftMapping.js';
import type { DraftOptions, MappingDraft } from './draftMapping.js';
import { feedSample } from './feedSample.js';
import type { FeedSample } from './feedSample.js';

export interface DraftForFeedOptions extends DraftOptions {
  readonly format?: FeedFormat | undefined;
  /** Table or view to look at, if the feed is a database. */
  readonly table?: string | undefined;
  /** How many rows to look at. */
  readonly rows: number;
}

/** A draft, and what it makes of the rows of the sample. */
export interface DraftForFeed extends MappingDraft {
  /** Rows that were read with the draft; 0 if something is open. */
  readonly rows: number;
  readonly rejected: number;
  /** The first rejections, each of another reason. */
  readonly rejections: readonly Rejection[];
}

/**
 * Drafts a mapping for a file, or a table of a database, and tries it on the rows of the sample.
 * @throws {FeedError} if the file cannot be read, or has no rows
 */
export async function draftForFeed(path: string, options: DraftForFeedOptions): Promise<DraftForFeed> {
  const sample = await sampleOf(path, options);
  const { format } = sample;
  if (sample.rows.length === 0)
    throw new FeedError('no-header', `The feed ${path} has no rows that can be read as ${format}.`, [
      'Give a file with a few rows, or name its format with --format.',
    ]);
  const draft = draftMapping(sample, options);
  if (draft.open.length > 0) return { ...draft, rows: 0, rejected: 0, rejections: [] };
  const feed = await openFeed(path, parseMapping(draft.text, 'the draft'), options.format);
  const entries: FeedEntry[] = [];
  const reading = { endedGroups: endedGroupsInMemory(), limit: sample.rows.length };
  for await (const stretch of feed.read(reading)) entries.push(...stretch.entries);
  const all = entries.flatMap((entry) => (entry.kind === 'rejection' ? [entry.rejection] : []));
  const rejections = [...new Map(all.toReversed().map((each) => [each.reason, each])).values()].toReversed();
  return { ...draft, rows: entries.length, rejected: all.length, rejections };
}

async function sampleOf(path: string, options: DraftForFeedOptions): Promise<FeedSample> {
  if (!isDatabaseAddress(path)) return feedSample(await sourceOf(path), options.format ?? formatOf(path), options.rows);
  const { table, rows } = options;
  if (table !== undefined) return databaseSample({ address: path, table }, rows);
  throw new FeedError('unknown-format', 'A database has many tables, and none is named.', ['Name one with --table.']);
}
