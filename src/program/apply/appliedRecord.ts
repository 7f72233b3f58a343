/** A record of a program that is in the org, or was until now. */
export interface AppliedRecord {
  readonly object: string;
  readonly name: string;
  readonly id: string;
  readonly status: 'created' | 'changed' | 'existing' | 'deleted';
}
