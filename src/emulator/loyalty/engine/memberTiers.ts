import type { StatementSync } from '../../../base/sqlite.js';
import type { Store } from '../../store/store.js';
import { balanceOf, type Holdings } from './holdings.js';
import { type Rung, rungFor, type TierLadder } from './tierLadders.js';
import type { Writing } from '../work.js';

/** The LoyaltyMemberTier that a member holds in one group now. */
interface Held {
  readonly id: string;
  readonly memberId: string;
  readonly groupId: string;
  readonly tierId: string;
  readonly since: string | null;
}

/** Reads the tiers that the members of one request hold. */
export class HeldTierReader {
  readonly #ofMembers: StatementSync;

  public constructor({ db }: Store) {
    this.#ofMembers = db.prepare(
      `SELECT "Id" AS id, "LoyaltyMemberId" AS memberId, "LoyaltyTierGroupId" AS groupId, "LoyaltyTierId" AS tierId,
         "EffectiveDate" AS since
       FROM "LoyaltyMemberTier" WHERE "LoyaltyMemberId" IN (SELECT value FROM json_each(?)) AND "IsDeleted" = 0
         AND coalesce("Status", 'Active') <> 'Inactive' ORDER BY "EffectiveDate", "Id"`,
    );
  }

  /** The latest row of each member and group counts. */
  public read(memberIds: Iterable<string>): Map<string, Held> {
    const rows = this.#ofMembers.all(JSON.stringify([...memberIds])) as unknown as Held[];
    return new Map(rows.map((held) => [keyOf(held), held]));
  }
}

/** Moves members whose qualifying balance changed to the tier that it is enough for, up or down. */
export class MemberTiers {
  public constructor(
    private readonly writing: Writing,
    private readonly reader: HeldTierReader,
    private readonly today: string,
  ) {}

  public follow(ladders: readonly TierLadder[], holdings: Holdings): void {
    const deciding = new Set(ladders.map(({ currencyId }) => currencyId));
    const changed = holdings.changed().filter(({ currencyId }) => deciding.has(currencyId));
    if (changed.length === 0) return;
    const held = this.reader.read(new Set(changed.map(({ memberId }) => memberId)));
    for (const holding of changed) {
      for (const ladder of ladders.filter(({ currencyId }) => currencyId === holding.currencyId)) {
        const member = { memberId: holding.memberId, groupId: ladder.groupId };
        const rung = rungFor(ladder, balanceOf(holding));
        if (rung) this.#place(member, rung, held.get(keyOf(member)));
      }
    }
  }

  /** The dates of a tier have no time of day, so a second change on one day takes the place of the first. */
  #place(member: { readonly memberId: string; readonly groupId: string }, rung: Rung, held: Held | undefined): void {
    if (held?.tierId === rung.tierId) return;
    const { store, userId } = this.writing;
    const options = { as: 'org', userId } as const;
    const tier = { Name: rung.name, LoyaltyTierId: rung.tierId, ReasonForChange: reason };
    if (held?.since === this.today) {
      store.update('LoyaltyMemberTier', held.id, tier, options);
      return;
    }
    const ended = { Status: 'Inactive', TierExpirationDate: this.today };
    if (held) store.update('LoyaltyMemberTier', held.id, ended, options);
    const parents = { LoyaltyMemberId: member.memberId, LoyaltyTierGroupId: member.groupId };
    store.insert('LoyaltyMemberTier', { ...tier, ...parents, EffectiveDate: this.today }, options);
  }
}

const reason = 'Qualifying balance';

function keyOf({ memberId, groupId }: { readonly memberId: string; readonly groupId: string }): string {
  return `${memberId} ${groupId}`;
}
