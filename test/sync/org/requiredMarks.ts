import { pairMarks } from './simulation.js';
import { verdictMarks } from './verdictAnswers.js';

/** Every change of an item's state, from the picture in `src/outbox/item.ts`. */
const transitions = [
  'none → ready',
  'none → unknown',
  'ready → sent',
  'ready → refused',
  'ready → held',
  'sent → done',
  'sent → ready',
  'sent → refused',
  'sent → unknown',
  'unknown → sent',
  'unknown → ready',
  'unknown → done',
  'unknown → refused',
  'unknown → parked',
  'unknown → conflictInOrg',
  'unknown → doubled',
  'held → unknown',
  'held → refused',
  'refused → held',
  'refused → unknown',
  'parked → unknown',
  'conflictInOrg → unknown',
  'doubled → unknown',
  // A person decides for the org, and later a feed has something else.
  'conflictInOrg → done',
  'done → unknown',
];

/** Every cell of the table "The same key again" that a row of a feed can reach. */
const cells = [
  'same file, same content: repeated',
  'same file, same content: repeatAccepted',
  'same file, other content: conflict',
  'same run, same content: repeatAccepted',
  'same run, other content: corrected',
  'same run, other content: conflict',
  'done, same content: known',
  'done, other content: superseded',
  'done, other content: conflict',
  'done as the org has it, other content: corrected',
  'parked, same content: openBefore',
  'parked, other content: corrected',
  'conflictInOrg, same content: openBefore',
  'conflictInOrg, other content: corrected',
  'doubled, same content: openBefore',
  'doubled, other content: corrected',
  'refused, same content: refusedBefore',
  'refused, other content: corrected',
  'refused, other content: refusedBefore',
  'refused for its member, same content: takenUpByItself',
  'held, same content: openBefore',
  'held, other content: corrected',
  'ready, same content: openBefore',
  'ready, other content: corrected',
  'ready, other content: superseded',
  'unknown, same content: openBefore',
  'unknown, other content: corrected',
];

/** Every "found" row of that table. */
const found = [
  'done',
  'our own',
  'cancelled',
  'JOURNAL_ERROR',
  'PENDING_IN_ORG',
  'STATUS_IN_ORG',
  'CONFLICT_IN_ORG',
  'FAILED_WITH_OTHER_CONTENT',
  'DOUBLED',
];

/** The cases that must occur in the simulation. Otherwise it proves nothing about them. */
export const requiredMarks: readonly string[] = [
  ...verdictMarks,
  ...transitions.map((name) => `state: ${name}`),
  ...cells.map((name) => `same key: ${name}`),
  ...found.map((name) => `found: ${name}`),
  ...['exit code: 0', 'exit code: 68', 'exit code: 69'],
  ...['end: everything is settled', 'end: the rest waits for a person', 'end: held until their members exist'],
  ...['caller: refused by name', 'caller: ran behind the other'],
  ...pairMarks,
  'journal: mended',
];
