/** One record of an answer: `attributes` first, then the selected fields, in the query's order and under its names. */
export interface AnswerRow {
  attributes: { type: string; url?: string };
  [field: string]: SObjectValue;
}

/** Answer of a sub-query. */
export interface ChildRows {
  totalSize: number;
  done: boolean;
  nextRecordsUrl?: string;
  records: AnswerRow[];
}

export type CompoundValue = Record<string, string | number | null>;

export type SObjectValue =
  string | number | boolean | null | AnswerRow | ChildRows | CompoundValue | AnswerRow['attributes'];
