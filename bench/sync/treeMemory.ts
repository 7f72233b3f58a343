import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds between two looks. */
const pause = 50;

/**
 * Watches how much memory a process has together with all that it has started, as Linux counts it in `/proc`. Each
 * process counts with its own peak (`VmHWM`) while it lives, so that a short peak between two looks is not missed.
 */
export class TreeMemory implements Disposable {
  readonly #root: number;
  readonly #timer: NodeJS.Timeout;
  #peak = 0;

  /** @param root Id of the process */
  constructor(root: number) {
    this.#root = root;
    this.#timer = setInterval(() => this.#look(), pause);
  }

  /** The most until now. Not a number on another system. */
  get peakMegabytes(): number {
    return process.platform === 'linux' ? this.#peak / 1024 : NaN;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const kilobytes = treeOf(this.#root).map(peakOf);
    this.#peak = Math.max(
      this.#peak,
      kilobytes.reduce((sum, each) => sum + each, 0),
    );
  }
}

function treeOf(process: number): number[] {
  const children = threadsOf(process).flatMap((thread) =>
    textOf(`/proc/${process}/task/${thread}/children`).split(' '),
  );
  return [process, ...children.filter((child) => child !== '').flatMap((child) => treeOf(Number(child)))];
}

function threadsOf(process: number): string[] {
  try {
    return readdirSync(`/proc/${process}/task`);
  } catch {
    return [];
  }
}

function peakOf(process: number): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(textOf(`/proc/${process}/status`))?.[1] ?? 0);
}

/** Empty if the process has ended. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
