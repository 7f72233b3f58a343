import type { Story } from './story.js';

/**
 * In the files of every fourth story, some purchases have further lines, as if a mapping grouped the lines of receipts.
 * No random number is drawn, so that the other stories stay as they are.
 */
export function hasGroups(seed: number): boolean {
  return seed % 4 === 1;
}

export function withGroups(story: Story, seed: number): Story {
  if (!hasGroups(seed)) return story;
  const days = story.days.map((day) => ({
    ...day,
    files: day.files.map((file) => ({
      ...file,
      rows: file.rows.flatMap((row, index) => [
        row,
        ...Array.from({ length: typeof row === 'object' ? index % 3 : 0 }, () => 'grouped' as const),
      ]),
    })),
  }));
  return { ...story, days };
}
