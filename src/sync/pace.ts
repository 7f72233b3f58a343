import type { Clock } from '../base/clock.js';
import type { Random } from '../base/random.js';

/** A request this slow is close to the 20 seconds after which it counts against an org-wide limit of 25. */
const slowMilliseconds = 8000;
const longestPause = 60_000;

/**
 * How hard the org is pushed: additive increase while it answers well, halved when it does not.
 * The rule of congestion control, since we share the org with everybody else and cannot see their load.
 */
export class Pace {
  private window: number;

  public constructor(
    private readonly most: number,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {
    this.window = Math.min(2, most);
  }

  /** Requests that may be under way at a time. */
  public get concurrency(): number {
    return Math.floor(this.window);
  }

  public answered(milliseconds: number): void {
    if (milliseconds > slowMilliseconds) this.trouble();
    else this.window = Math.min(this.most, this.window + 1 / this.window);
  }

  public trouble(): void {
    this.window = Math.max(1, this.window / 2);
  }

  /** When to try again after the n-th attempt: exponential, with jitter so that lanes do not come back together. */
  public retryAt(attempts: number, basePause: number): number {
    const pause = Math.min(longestPause, basePause * 2 ** Math.min(attempts - 1, 16));
    return this.clock.now() + Math.ceil(pause * (0.5 + this.random.next() / 2));
  }
}
