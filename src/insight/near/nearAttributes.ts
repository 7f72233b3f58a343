import { inLists, readAttributeProgress, readCountingAttributes, soqlText } from '../../client/index.js';
import type { LoyaltyClient, ProgramRow } from '../../client/index.js';
import { memberFields, nearMember, NearMember } from './nearMember.js';
import { nearDistance } from './nearReward.js';
import type { NearQuestion, NearReward } from './nearReward.js';

/**
 * Yields the members who are near the target of a promotion that counts by engagement attributes. The org stores those
 * values as text, so all of them are read, and held in memory.
 * @param question with `now`, in milliseconds since the epoch, by which a period of an attribute is current, and `today`,
 *   the day in the org, by which a promotion has ended
 */
export async function* nearAttributes(
  { query }: LoyaltyClient,
  { Id, Name: program }: Pick<ProgramRow, 'Id' | 'Name'>,
  { now, today, ...question }: NearQuestion & { readonly now: number; readonly today: string },
): AsyncGenerator<NearReward, void, void> {
  const attributes = await readCountingAttributes(query, program);
  const rows = await readAttributeProgress(query, attributes, { program, near: question.near, now });
  const running = rows.filter(({ promotionEndDate: end }) => end === null || end.slice(0, 10) >= today);
  const byMember = Map.groupBy(running, ({ memberId }) => memberId);
  for (const list of inLists(byMember.keys())) {
    const soql =
      `SELECT ${memberFields('', question).join(', ')} FROM LoyaltyProgramMember ` +
      `WHERE ProgramId = ${soqlText(Id)} AND MemberStatus = 'Active' AND Id IN ${list}`;
    for await (const member of query.rows(soql, NearMember)) {
      for (const row of byMember.get(member.Id) ?? []) {
        const { promotionId, promotionName, promotionEndDate, completed, target } = row;
        yield {
          reward: 'promotion',
          rewardName: promotionName,
          rewardId: promotionId,
          attribute: { id: row.attributeId ?? '', name: row.attributeName ?? '' },
          ...nearMember(member, question),
          ...nearDistance(completed, target ?? 0),
          by: promotionEndDate,
        };
      }
    }
  }
}
