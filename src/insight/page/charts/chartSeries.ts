/** Numbers over the same categories. A missing one is null. */
export interface ChartSeries {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** A category on the axis, such as a month, and a second line below it, such as its year. */
export interface ChartCategory {
  readonly name: string;
  readonly below?: string;
  /** Whether it is drawn paler, because it is not what the page is about. */
  readonly isAside?: boolean;
}

/** Number of tones in the style of the page. */
const tones = 4;

/** Class of the color of a series. */
export function toneOf(index: number): string {
  return `tone${(index % tones) + 1}`;
}
