import { chapters } from './chapters.js';
import { holdsTheLaws } from './laws.js';
import { Story } from './story.js';

describe('Machines that die, sleep, forget and meet each other', function () {
  this.timeout(120_000);

  it('double nothing with a marker, even if one sleeps while another takes over', async () => {
    const told = [chapters.asleep];
    holdsTheLaws(await Story.tell({ seed: 2, level: 1, chapters: told, rows: 40 }), 1, told);
  });

  it('double nothing in an org that refuses copies, even with an older outbox', async () => {
    const told = [chapters.restored];
    holdsTheLaws(await Story.tell({ seed: 1, level: 2, chapters: told, rows: 40 }), 2, told);
  });

  it('double nothing with queries only, as long as one outbox sends, even if it is an older one', async () => {
    const told = [chapters.restored];
    holdsTheLaws(await Story.tell({ seed: 1, level: 0, chapters: told, rows: 40 }), 0, told);
  });
});
