import { expect } from 'chai';
import { chapters } from './chapters.js';
import type { Chapter, Level, StoryResult } from './story.js';

/**
 * At level 0 a run assumes that nobody else sends the source, and that none that did so died within the last window
 * with another outbox. Chapters that break the assumption may double; what doubles is named.
 */
const beyondLevel0: ReadonlySet<Chapter> = new Set([chapters.emptied, chapters.twoAtOnce, chapters.asleep]);

/** Keys that the org has more than once. */
export function doubledIn({ committed }: StoryResult): string[] {
  const seen = new Set<string>();
  return [...new Set(committed.map(({ key }) => key).filter((key) => seen.size === seen.add(key).size))];
}

/** Judged by what the org has committed, whatever the machines say of it. */
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
  expect(new Set(result.committed.map(({ key }) => key)).size, 'journals of different keys').to.equal(result.rows);
}
