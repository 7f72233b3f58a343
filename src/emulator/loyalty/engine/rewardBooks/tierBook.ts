import { typedRows } from '../../../../base/sqlite/sqlite.js';
import type { StatementSync } from '../../../../base/sqlite/sqlite.js';
import type { Store } from '../../../store/store.js';
import type { WriteContext } from '../../writeContext.js';
import type { Rung } from '../tierLadders.js';

/** The LoyaltyMemberTier that a member holds in one group now. */
interface Held {
  readonly id: string;
  readonly memberId: string;
  readonly groupId: string;
  readonly tierId: string;
  readonly since: string | null;
}

/** A member gets into a tier. */
interface TierEntry {
  readonly memberId: string;
  readonly groupId: string;
  readonly rung: Rung;
  readonly reason: string;
}

/** The tiers of members. Rules do not give tiers yet: they follow the qualifying balance. */
export class TierBook {
  readonly #ofMembers: StatementSync;

  constructor({ db }: Store) {
    this.#ofMembers = db.prepare(
      `SELECT "Id" AS id, "LoyaltyMemberId" AS memberId, "LoyaltyTierGroupId" AS groupId, "LoyaltyTierId" AS tierId,
         "EffectiveDate" AS since
       FROM "LoyaltyMemberTier" WHERE "LoyaltyMemberId" IN (SELECT value FROM json_each(?)) AND "IsDeleted" = 0
         AND coalesce("Status", 'Active') <> 'Inactive' ORDER BY "EffectiveDate", "Id"`,
    );
  }

  /** The latest row of each member and group counts. */
  read(writing: WriteContext, memberIds: Iterable<string>, today: string): OpenTiers {
    const rows = typedRows<Held>(this.#ofMembers, JSON.stringify([...memberIds]));
    return new OpenTiers(writing, new Map(rows.map((held) => [keyOf(held), held])), today);
  }
}

/** The tiers of the members of one request. Each entry is written at the end, by `save`. */
export class OpenTiers {
  readonly #entries = new Map<string, TierEntry>();

  readonly #writing: WriteContext;
  readonly #held: ReadonlyMap<string, Held>;
  readonly #today: string;

  constructor(writing: WriteContext, held: ReadonlyMap<string, Held>, today: string) {
    this.#writing = writing;
    this.#held = held;
    this.#today = today;
  }

  /** Puts a member into a tier of its group. The last entry counts. */
  enter(entry: TierEntry): void {
    this.#entries.set(keyOf(entry), entry);
  }

  /** The dates of a tier have no time of day, so a second change on one day takes the place of the first. */
  save(): void {
    for (const [key, { memberId, groupId, rung, reason }] of this.#entries) {
      const held = this.#held.get(key);
      const tier = { Name: rung.name, LoyaltyTierId: rung.tierId, ReasonForChange: reason };
      if (held?.tierId === rung.tierId) continue;
      if (held?.since === this.#today) this.#update(held.id, tier);
      else {
        if (held) this.#update(held.id, { Status: 'Inactive', TierExpirationDate: this.#today });
        this.#insert({ ...tier, LoyaltyMemberId: memberId, LoyaltyTierGroupId: groupId, EffectiveDate: this.#today });
      }
    }
  }

  #update(id: string, values: Readonly<Record<string, string>>): void {
    this.#writing.store.update('LoyaltyMemberTier', id, values, { as: 'org', userId: this.#writing.userId });
  }

  #insert(values: Readonly<Record<string, string>>): void {
    this.#writing.store.insert('LoyaltyMemberTier', values, { as: 'org', userId: this.#writing.userId });
  }
}

function keyOf({ memberId, groupId }: { readonly memberId: string; readonly groupId: string }): string {
  return `${memberId} ${groupId}`;
}
