/**
 * `--import` this file: when the process ends, it writes its peak memory to the file that `BENCH_PEAK_FILE` names. Node
 * loads it as it is, so it imports no other file of this folder.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/**
 * Returns the most physical memory that this process has had, in megabytes, as the kernel counted it. On Linux it is
 * read from `VmHWM`: `maxRSS` begins with the memory of the parent that was forked.
 */
export function peakMegabytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024;
  const [, kilobytes = ''] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

const file = process.env['BENCH_PEAK_FILE'];
if (file !== undefined && isMainThread) process.on('exit', () => writeFileSync(file, String(peakMegabytes())));
