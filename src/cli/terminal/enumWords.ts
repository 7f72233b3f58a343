/** The value of a picklist in words: `OptOutPromotion` becomes `opt out promotion`. A missing value is a dash. */
export function enumWords(value: string | null | undefined): string {
  if (!value) return '–';
  return value.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
