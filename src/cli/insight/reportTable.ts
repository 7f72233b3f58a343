import { numberColumn } from '../terminal/tableLayout.js';

/** A table of a report, as a command prints it. */
export interface ReportTable {
  readonly title: string;
  readonly columns: (string | { key: string; name?: string; horizontalAlignment?: 'right' })[];
  readonly data: Record<string, string>[];
  /** What has to be known about the numbers. */
  readonly notes?: readonly string[];
}

/** Columns of numbers. */
export function numbers(...keys: string[]): { key: string; horizontalAlignment: 'right' }[] {
  return keys.map((key) => numberColumn(key));
}
