import type { RunNote } from '../../outbox/index.js';

/** What the guarantee of a run rests on, for its report. */
export const levels = {
  queries: {
    code: 'level-0',
    message:
      'Level 0: nothing in the org tells who else is sending, so run one process at a time for a source; ' +
      'docs/sync-protocol.md ("When the outbox is not the newest truth") says what that rests on.',
  },
  marker: {
    code: 'level-1',
    message:
      'Level 1: a marker in the org keeps a process with another outbox from sending the same source at the same time. ' +
      'With --unique-field, the org would refuse copies (level 2); ' +
      'docs/sync-protocol.md ("When the outbox is not the newest truth") says what that rests on.',
  },
} as const satisfies Readonly<Record<string, RunNote>>;
