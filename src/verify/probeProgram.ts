/**
 * What a probe requires. `program`: its own program and journal type. `members`: two members of it. `process`: an
 * active process for the journal type. `credits`: a process of type CreditPointsToMembers. `enrollment`: a process of
 * type EnrollInPromotion. A probe that requires nothing writes nothing.
 */
export type Need = 'program' | 'members' | 'process' | 'credits' | 'enrollment';

export interface ProbeMember {
  readonly id: string;
  readonly number: string;
}

/** A small program that only the probes use. */
export interface ProbeProgram {
  readonly id: string;
  readonly name: string;
  readonly points: string;
  readonly members: readonly ProbeMember[];
  /** Ids by object and name, such as `JournalType Probe with process …`. */
  readonly ids: ReadonlyMap<string, string>;
  readonly names: ProbeNames;
  /** What the org did not accept, and its error code. */
  readonly missing: ReadonlyMap<Need, string>;
}

export interface ProbeNames {
  /** A journal type that has a process, and one that has none. */
  readonly withProcess: string;
  readonly without: string;
  readonly subtype: string;
  readonly counting: string;
  readonly joining: string;
  readonly credit: string;
  readonly enroll: string;
  readonly optOut: string;
}
