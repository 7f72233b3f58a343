const width = 20;

/** A bar of 20 blocks. Progress past the target is a full bar. */
export function bar(percent: number): string {
  const full = Math.round((Math.min(100, Math.max(0, percent)) / 100) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}

/** `███████████████░░░░░  75 %`, or a dash where there is no target. Percentages below each other are aligned. */
export function progressText(percent: number | null): string {
  return percent === null ? '–' : `${bar(percent)} ${String(Math.floor(percent)).padStart(3)} %`;
}

/** A number with the thousands of the reader's locale; a dash for none. */
export function countText(count: number | null | undefined): string {
  return count?.toLocaleString() ?? '–';
}

/** A date such as `2026-04-03` or a date-time in the reader's locale; a dash for none. */
export function dateText(date: string | null | undefined): string {
  if (!date) return '–';
  const time = new Date(date.length === 10 ? `${date}T00:00:00` : date);
  return Number.isNaN(time.getTime()) ? date : time.toLocaleDateString();
}
