import { expect } from 'chai';
import { chapters } from './chapters.js';
import type { Chapter, Level, Purchase, StoryResult } from './story.js';

/**
 * At level 0 a run assumes that nobody else sends the source, and that no other sender died within the last window with
 * another outbox. Chapters that break this assumption can lead to doubled keys, but each of them is named.
 */
const beyondLevel0: ReadonlySet<Chapter> = new Set([chapters.emptied, chapters.twoAtOnce, chapters.asleep]);

/** Returns the keys that the org has more than once. */
export function doubledIn({ committed }: StoryResult): string[] {
  const seen = new Set<string>();
  return [...new Set(committed.map(({ key }) => key).filter((key) => seen.size === seen.add(key).size))];
}

/** Judges by what the org has committed, whatever the machines report. */
export function holdsTheLaws(result: StoryResult, level: Level, told: readonly Chapter[]): void {
  const doubled = doubledIn(result);
  const mayDouble = level === 0 && told.some((chapter) => beyondLevel0.has(chapter));
  if (!mayDouble) {
    expect(doubled, 'doubled').to.deep.equal([]);
    expect(result.last, 'the last machine').to.include({ how: 'complete' });
  }
  const named = new Set(result.endings.flatMap((ending) => ending.doubled));
  expect(
    doubled.filter((key) => !named.has(key)),
    'doubled, and no report names them',
  ).to.deep.equal([]);
  expectFeedOrder(result);
}

/**
 * Checks that each purchase is in the org, and that those of a member arrived in feed order. Nothing is retried or
 * corrected in a story, so there are no exceptions: even a doubled purchase arrives in order the first time.
 */
function expectFeedOrder({ committed, fed }: StoryResult): void {
  const first = new Map<string, Purchase>();
  for (const purchase of committed) if (!first.has(purchase.key)) first.set(purchase.key, purchase);
  expect(byMember([...first.values()]), 'purchases of each member in their order').to.deep.equal(byMember(fed));
}

function byMember(purchases: readonly Purchase[]): Record<string, string[]> {
  const keys: Record<string, string[]> = {};
  for (const { key, member } of purchases) (keys[member] ??= []).push(key);
  return keys;
}
