import { chapters } from './chapters.js';
import { doubledIn, holdsTheLaws } from './laws.js';
import { Story } from './story.js';
import type { Chapter, Level } from './story.js';

/** `npm run test:machines`: real processes, about half a minute per story. `CHAOS_SEEDS=11-12` chooses other seeds. */
const [first = 1, last = first] = (process.env['CHAOS_SEEDS'] ?? '1-2').split('-').map(Number);

describe('Machines that die, sleep, forget and meet each other, seed by seed', () => {
  for (const level of [0, 1, 2] as const) {
    for (let seed = first; seed <= last; seed++) {
      for (const [name, chapter] of Object.entries(chapters)) told(level, seed, name, chapter);
    }
  }
});

function told(level: Level, seed: number, name: string, chapter: Chapter): void {
  it(`level ${level}, seed ${seed}: ${name}, twice`, async function () {
    this.timeout(300_000);
    const result = await Story.tell({ seed, level, chapters: [chapter, chapter] });
    console.log(
      `      ${result.fed.length} rows, ${result.committed.length} journals, ${doubledIn(result).length} doubled`,
    );
    holdsTheLaws(result, level, [chapter]);
  });
}
