import type { DatabaseSync } from '../../base/sqlite/sqlite.js';

/** By what a report divides the members. */
export const memberGroupings = ['tier', 'channel', 'type', 'segment'] as const;
export type MemberGrouping = (typeof memberGroupings)[number];
/** Groupings in which a member is in one group. */
type SingleGrouping = Exclude<MemberGrouping, 'segment'>;

/**
 * Gives every member a group, in the temporary table `memberGroup`: the tier that they hold on a day, their enrollment
 * channel or their type. Without a grouping all are in one group without a name.
 */
export function groupMembers(db: DatabaseSync, grouping: SingleGrouping | undefined, day: string): void {
  beginGroups(db);
  if (grouping === 'tier') db.prepare(byTier).run(day);
  else db.exec(`INSERT INTO memberGroup SELECT id, ${grouping ? `coalesce(${grouping}, '')` : "''"} FROM member`);
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
    ORDER BY groupId, since DESC LIMIT 1), '')
  FROM member`;
