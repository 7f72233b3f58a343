import type { Chapter } from './story.js';

const till = 'till.sqlite';
const twoHours = 2 * 3_600_000;

/** The process dies, and another one continues with its outbox. */
export const killed: Chapter = async (story) => {
  await story.killed(till);
  await story.killed(till, 800, { takeOver: true });
};

/** An older copy of the outbox replaces the current one. */
export const restored: Chapter = async (story) => {
  await story.killed(till, 300, { takeOver: true });
  await story.copy(till, 'backup.sqlite');
  await story.complete(till, { takeOver: true });
  await story.copy('backup.sqlite', till);
};

/** The disk is empty after a crash, within the settle window of the requests in progress. */
export const emptied: Chapter = async (story) => {
  await story.killed(till, 300, { takeOver: true });
  await story.erase(till);
};

/** Two machines start at the same time, one of them with a copy of the other's outbox, or without one. */
export const twoAtOnce: Chapter = async (story) => {
  if (story.random.next() < 0.5) await story.copy(till, 'other.sqlite');
  else await story.erase('other.sqlite');
  const [one, other] = [story.machine(till), story.machine('other.sqlite')];
  await Promise.all([one.ended, other.ended]);
};

/** A machine is suspended while it sends, another one takes over, and the first one wakes up. */
export const asleep: Chapter = async (story) => {
  await story.copy(till, 'other.sqlite');
  const sleeper = story.machine(till, { takeOver: true });
  await sleeper.sending;
  await story.pause(200);
  sleeper.suspend();
  const other = story.machine('other.sqlite', { takeOver: true });
  await other.sending;
  await story.pause(600);
  sleeper.wake();
  await Promise.all([sleeper.ended, other.ended]);
};

/** The wall clock of the machine changes by two hours from one process to the next. */
export const clockSet: Chapter = async (story) => {
  await story.killed(till, 300, { takeOver: true });
  await story.killed(till, 600, { takeOver: true, shift: story.random.next() < 0.5 ? twoHours : -twoHours });
};

/** The outbox moves to another machine after a clean end, and nothing waits. */
export const moved: Chapter = async (story) => {
  await story.complete(till, { takeOver: true });
  await story.copy(till, 'moved.sqlite');
  await story.growFeed();
  await story.complete('moved.sqlite');
  await story.copy('moved.sqlite', till);
};

export const chapters = { killed, restored, emptied, twoAtOnce, asleep, clockSet, moved };
