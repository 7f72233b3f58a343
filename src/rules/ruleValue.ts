/**
 * A value while rules run. Blank is null, whatever its type: in arithmetic it counts as 0, and as an empty text where
 * texts are joined or compared.
 */
export type RuleValue = string | number | boolean | RuleDate | RuleDateTime | RuleRecord | null;

/** A day without a time. */
export interface RuleDate {
  readonly is: 'Date';
  /** `yyyy-MM-dd` */
  readonly day: string;
}

/** A moment. */
export interface RuleDateTime {
  readonly is: 'DateTime';
  /** `yyyy-MM-ddTHH:mm:ss.SSSZ`, in UTC. */
  readonly moment: string;
}

/** What an Sobject variable holds. Names of fields have any case. */
export interface RuleRecord {
  readonly is: 'Record';
  readonly fields: ReadonlyMap<string, RuleValue>;
}
