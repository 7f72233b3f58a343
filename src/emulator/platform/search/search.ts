/** Which fields a search looks into. */
export type SearchScope = 'ALL' | 'EMAIL' | 'NAME' | 'PHONE' | 'SIDEBAR';

/** An object whose records a search returns. Its clauses are written as in SOQL. */
export interface SearchedObject {
  readonly name: string;
  /** Default: only the id. */
  readonly fields: readonly string[];
  /** API name of a list view in which the records must be. */
  readonly listView?: string | undefined;
  readonly where?: string | undefined;
  readonly orderBy?: string | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

/** A search, as SOSL or as parameters. */
export interface Search {
  /** The words to find, with AND, OR, AND NOT, quotes and wildcards. */
  readonly text: string;
  readonly scope: SearchScope;
  /** Empty for all objects. */
  readonly objects: readonly SearchedObject[];
  readonly limit: number;
  /** Whether the answer has the labels of the fields. */
  readonly withLabels: boolean;
}

/** Salesforce limit for a search, and for one object of it. */
export const mostFound = 2000;
