import type { Level } from './machinesSimulation.js';

const ofAll = [
  'note: feed-grown',
  'note: feed-changed',
  'note: limit',
  'note: outbox-not-newest',
  'feed: truncated',
  'feed: replaced',
  'feed: begins the same',
  'feed: not complete',
  'record: rejected',
  'record: conflict',
  'outbox: damaged',
  'workers: two of three are refused',
  'sleep: before the look',
  'sleep: after the look',
];

const ofLevel: Readonly<Record<Level, readonly string[]>> = {
  0: ['stopped: ANOTHER_WRITER', 'record: doubled'],
  1: ['refused: SOURCE_HELD', 'stopped: SOURCE_HELD', 'stopped: MARKER_GONE'],
  2: [],
  'field not honored': ['record: doubled'],
};

/** Returns the cases that the histories of a level must include. Otherwise they prove nothing about it. */
export function machinesMarks(level: Level): readonly string[] {
  return [...ofAll, ...ofLevel[level]];
}
