import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import type { ProgramFacts } from '../programFacts.js';

/** By what a report divides the members. */
export const memberGroupings = ['tier', 'channel', 'type', 'segment'] as const;
export type MemberGrouping = (typeof memberGroupings)[number];
/** Groupings in which a member is in one group. */
type SingleGrouping = Exclude<MemberGrouping, 'segment'>;

/** Of the tiers. */
export interface GroupContext {
  /** `yyyy-MM-dd` */
  readonly day: string;
  readonly facts: Pick<ProgramFacts, 'tiers'>;
}

/**
 * Gives every member a group, in the temporary table `memberGroup`: the tier that they hold on a day, their enrollment
 * channel or their type. Clubs are no tiers.
 */
export function groupMembers(db: DatabaseSync, grouping: SingleGrouping, { day, facts }: GroupContext): void {
  beginGroups(db);
  if (grouping === 'tier') db.prepare(byTier).run(day, JSON.stringify(facts.tiers.map(({ Id }) => Id)));
  else db.exec(`INSERT INTO memberGroup SELECT id, coalesce(${grouping}, '') FROM member`);
}

/** Puts all members into one group without a name. */
export function groupAllMembers(db: DatabaseSync): void {
  beginGroups(db);
  db.exec("INSERT INTO memberGroup SELECT id, '' FROM member");
}

/** Makes `memberGroup` without members. A member can be in several groups. */
export function beginGroups(db: DatabaseSync): void {
  db.exec(`
    DROP TABLE IF EXISTS temp.memberGroup;
    CREATE TEMP TABLE memberGroup (memberId TEXT, name TEXT NOT NULL, PRIMARY KEY (memberId, name)) WITHOUT ROWID;
  `);
}

/** A member with tiers in several groups of tiers is in the group of the first of them. */
const byTier = `
  INSERT INTO memberGroup
  SELECT id, coalesce((
    SELECT tierId FROM memberTier WHERE memberId = member.id AND since <= ?1 AND (until IS NULL OR until > ?1)
      AND tierId IN (SELECT value FROM json_each(?2))
    ORDER BY groupId, since DESC LIMIT 1), '')
  FROM member`;
