import { endedGroupsInMemory } from '../feed.js';
import type { FeedEntry } from '../feed.js';
import { FeedError } from '../feedError.js';
import { parseMapping } from '../mapping/mapping.js';
import { formatOf, openFeed, sourceOf } from '../openFeed.js';
import type { FeedFormat } from '../openFeed.js';
import type { Rejection } from '../rejection.js';
import { draftMapping } from './draftMapping.js';
import type { DraftOptions, MappingDraft } from './draftMapping.js';
import { feedSample } from './feedSample.js';

export interface DraftForFeedOptions extends DraftOptions {
  readonly format?: FeedFormat | undefined;
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
 * Drafts a mapping for a file, and tries it on the rows of the sample.
 * @throws {FeedError} if the file cannot be read, or has no rows
 */
export async function draftForFeed(path: string, options: DraftForFeedOptions): Promise<DraftForFeed> {
  const format = options.format ?? formatOf(path);
  const sample = await feedSample(await sourceOf(path), format, options.rows);
  if (sample.rows.length === 0)
    throw new FeedError('no-header', `The feed ${path} has no rows that can be read as ${format}.`, [
      'Give a file with a few rows, or name its format with --format.',
    ]);
  const draft = draftMapping(sample, options);
  if (draft.open.length > 0) return { ...draft, rows: 0, rejected: 0, rejections: [] };
  const feed = await openFeed(path, parseMapping(draft.text, 'the draft'), format);
  const entries: FeedEntry[] = [];
  const reading = { endedGroups: endedGroupsInMemory(), limit: sample.rows.length };
  for await (const stretch of feed.read(reading)) entries.push(...stretch.entries);
  const all = entries.flatMap((entry) => (entry.kind === 'rejection' ? [entry.rejection] : []));
  const rejections = [...new Map(all.toReversed().map((each) => [each.reason, each])).values()].toReversed();
  return { ...draft, rows: entries.length, rejected: all.length, rejections };
}
