/**
 * What an org has, by name, for rules that refer to it. Names have any case, as they do in an org. Decision tables and
 * flows are only checked where they are given.
 */
export interface ProgramNames {
  readonly badges: Names;
  readonly currencies: Names;
  readonly decisionTables?: Names;
  readonly engagementAttributes: Names;
  readonly flows?: Names;
  readonly promotions: Names;
  readonly tierGroups: Names;
  readonly tiers: Names;
  readonly voucherDefinitions: Names;
  /** Journal types, each with its subtypes. */
  readonly journalTypes: ReadonlyMap<string, Names>;
  /** By API name. */
  readonly objects: ReadonlyMap<string, ObjectNames>;
}

type Names = Iterable<string>;

export interface ObjectNames {
  /** API names. */
  readonly fields: Iterable<string>;
  /** Name of a relationship, such as `Member` or `Store__r` → API name of the object that it leads to. */
  readonly parents: ReadonlyMap<string, string>;
}
