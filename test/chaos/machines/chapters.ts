import type { Chapter } from './story.js';

const till = 'till.sqlite';
const twoHours = 2 * 3_600_000;

/** The process dies, and another one goes on with its outbox. */
export const killed: Chapter = async (story) => {
  await story.killed(till);
  await story.killed(till, 800, { takeOver: true });
};

/** An older copy of the outbox takes the place of the present one. */
export const restored: Chapter = async (story) => {
  await story.killed(till, 300, { takeOver: true });
  await story.copy(till, 'backup.sqlite');
  await story.complete(till, { takeOver: true });
  await story.copy('backup.sqlite', till);
};

/** The disk is empty after a crash, within the settle window of what was under way. */
export const emptied: Chapter = async (story) => {
  await story.killed(till, 300, { takeOver: true });
  await story.erase(till);
};

/** Two machines begin at once, one of them with a copy of the other's outbox, or with none. */
export const twoAtOnce: Chapter = async (story) => {
  if (story.random.next() < 0.5) await story.copy(till, 'other.sqlite');
  else await story.erase('other.sqlite');
  const [one, other] = [story.machine(till), story.machine('other.sqlite')];
  await Promise.all([one.ended, other.ended]);
};

/** A machine stands still while it sends; another one takes over; the first one wakes up. */
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

/** The wall clock of the machine is wrong by two hours from one process to the next. */
export const clockSet: Chapter = async (story) => {
  await story.killed(till, 300, { takeOver: true });
  await story.killed(till, 600, { takeOver: true, shift: story.random.next() < 0.5 ? twoHours : -twoHours });
};

/** The outbox moves to another machine after a clean end, and nobody waits. */
export const moved: Chapter = async (story) => {
  await story.complete(till, { takeOver: true });
  await story.copy(till, 'moved.sqlite');
  await story.growFeed();
  await story.complete('moved.sqlite');
  await story.copy('moved.sqlite', till);
};

export const chapters = { killed, restored, emptied, twoAtOnce, asleep, clockSet, moved };
