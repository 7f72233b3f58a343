import { relative, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(import.meta.dirname, '../..');

/** What `node --cpu-prof` writes. Times are microseconds. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Adds up the time of the samples by function and by module. Idle time is left out. */
export function selfTimes({ nodes, samples, timeDeltas }: CpuProfile) {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const functions = new Map<string, number>();
  const modules = new Map<string, number>();
  let total = 0;
  samples.forEach((id, index) => {
    const frame = frames.get(id);
    if (!frame || frame.functionName === '(idle)') return;
    const time = timeDeltas[index] ?? 0;
    const module = moduleOf(frame.url) || frame.functionName;
    add(modules, module, time);
    add(functions, `${frame.functionName || '(anonymous)'} ${moduleOf(frame.url)}:${frame.lineNumber + 1}`, time);
    total += time;
  });
  return { functions, modules, total };
}

function add(times: Map<string, number>, what: string, time: number): void {
  times.set(what, (times.get(what) ?? 0) + time);
}

function moduleOf(url: string): string {
  return url.startsWith('file:') ? relative(root, fileURLToPath(url)) : url;
}
