import { readFileSync } from 'node:fs';

/**
 * Returns the most physical memory that this process has had, in megabytes, as the kernel counted it. On Linux it is
 * read from `VmHWM`: `maxRSS` begins with the memory of the parent that was forked.
 */
export function peakMegabytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024;
  const [, kilobytes = ''] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
