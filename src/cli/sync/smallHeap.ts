import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How small a heap is kept. */
interface HeapLimits {
  /** Bytes. V8 has three times this for new objects, at most. */
  readonly newSpaceIsEnough: number;
  /** A collection is due when this many times the bytes that the last one left are in use. */
  readonly mostGrowth: number;
  /**
   * Whether pages with few objects are emptied. It takes some megabytes for copies. It stays off after the run, since it
   * could still become the peak.
   */
  readonly compacts: boolean;
  /**
   * Whether WebAssembly that is used much is compiled again, to faster code. For the parser of HTTP, that was seen to take
   * 8 MB, which the process keeps.
   */
  readonly optimizesWasm: boolean;
}

const limits = {
  /** For a run whose speed depends on this process. */
  small: { newSpaceIsEnough: 9_000_000, mostGrowth: 1.4, compacts: true, optimizesWasm: true },
  /** For a run that mostly waits for jobs of the org: it has the time for twice as many collections. */
  smallest: { newSpaceIsEnough: 5_000_000, mostGrowth: 1.15, compacts: false, optimizesWasm: false },
} as const satisfies Record<string, HeapLimits>;

/** Bytes that are never worth a collection. */
const smallestHeap = 40_000_000;
/** Share of what was in use at most. The process has that memory already, so it may fill again before a collection. */
const nearlyMost = 0.95;
/** V8's own, with which the space for new objects grows again after it was made small while nothing happened. */
const usualGrowthFactor = 2;
/** Milliseconds between two looks: some megabytes can become old in between. */
const interval = 50;

let isKept = false;

type Collect = (options?: { readonly type: 'major'; readonly flavor: 'last-resort' }) => void;

/**
 * Keeps the memory of this process small while a run goes on. Without a limit, V8 lets garbage pile up before it
 * collects: a run of which 65 MB are in use takes 430. A limit can be given only when a process starts, and the CLI has
 * started this one. So the space for new objects, which loading the CLI has blown up, is shrunk and no longer grows once
 * it is large enough, and old objects are collected when they have grown by a part: by two fifths, which costs no measurable
 * time, or earlier, which costs some.
 */
export function keepHeapSmall(how: keyof typeof limits = 'small'): Disposable {
  const collect = isKept ? undefined : collector();
  if (!collect) return { [Symbol.dispose]: () => undefined };
  isKept = true;
  const { newSpaceIsEnough, mostGrowth, compacts, optimizesWasm } = limits[how];
  setFlagsFromString(compacts ? '--compact' : '--no-compact');
  if (!optimizesWasm) setFlagsFromString('--wasm-tiering-budget=2000000000');
  collect({ type: 'major', flavor: 'last-resort' });
  let left = smallestHeap;
  let most = 0;
  const timer = setInterval(() => {
    const isEnough = bytesIn('new_space').size >= newSpaceIsEnough;
    setFlagsFromString(`--semi-space-growth-factor=${isEnough ? 1 : usualGrowthFactor}`);
    const { used } = bytesIn('old_space');
    if (used <= left * mostGrowth || used <= most * nearlyMost) return;
    most = Math.max(most, used);
    collect();
    left = Math.max(smallestHeap, bytesIn('old_space').used);
  }, interval).unref();
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer);
      isKept = false;
    },
  };
}

/** Returns V8's collector, if this build of Node has one. */
function collector(): Collect | undefined {
  try {
    setFlagsFromString('--expose-gc');
    return runInNewContext('gc') as Collect;
  } catch {
    return undefined;
  }
}

function bytesIn(space: string): { readonly size: number; readonly used: number } {
  const found = getHeapSpaceStatistics().find(({ space_name: name }) => name === space);
  return { size: found?.space_size ?? 0, used: found?.space_used_size ?? 0 };
}
