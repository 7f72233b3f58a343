const first = 1000;
const most = 30_000;
const growth = 1.5;

/** Milliseconds between questions about a job, each longer than the one before. No rate is published. */
export function* pollPauses(): Generator<number, never, void> {
  for (let pause = first; ; pause = Math.min(most, pause * growth)) yield Math.round(pause);
}
