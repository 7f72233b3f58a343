import { endedGroupsInMemory, loadMapping, openFeed } from '../../src/sync/index.js';
import type { SeenJournal } from './leftWrong.js';

/** Returns what a feed asks for, in its order: its rows without those that are rejected. */
export async function wantedJournals(file: string, mapping: string): Promise<SeenJournal[]> {
  const feed = await openFeed(file, await loadMapping(mapping));
  const wanted: SeenJournal[] = [];
  for await (const { entries } of feed.read({ endedGroups: endedGroupsInMemory() })) {
    for (const entry of entries) {
      if (entry.kind === 'transaction') wanted.push({ key: entry.transaction.key, member: entry.transaction.member });
    }
  }
  return wanted;
}
