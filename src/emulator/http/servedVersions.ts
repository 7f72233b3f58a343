/** API versions that the org serves. Older ones are retired, and newer ones do not exist yet. */
export const oldestVersion = 31;
export const newestVersion = 68;

/** 66 → `Spring '26`. There are three releases a year, and the winter release is named after the next year. */
export function releaseName(version: number): string {
  const season = ['Spring', 'Summer', 'Winter'][version % 3] ?? '';
  const year = 4 + Math.floor(version / 3) + (season === 'Winter' ? 1 : 0);
  return `${season} '${String(year).padStart(2, '0')}`;
}
