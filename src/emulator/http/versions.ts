/** API versions that the org serves. Older ones were retired, and newer ones are not there yet. */
export const oldestVersion = 31;
export const newestVersion = 68;

/** `Spring '26` for 66: three releases a year, of which the winter's is named for the next year. */
export function releaseName(version: number): string {
  const season = ['Spring', 'Summer', 'Winter'][version % 3] ?? '';
  const year = 4 + Math.floor(version / 3) + (season === 'Winter' ? 1 : 0);
  return `${season} '${String(year).padStart(2, '0')}`;
}
