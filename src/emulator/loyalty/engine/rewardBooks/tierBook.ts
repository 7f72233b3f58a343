import { typedRows } from '../../../../base/sqlite/sqlite.js';
import type { StatementSync } from '../../../../base/sqlite/sqlite.js';
import type { Store } from '../../../store/store.js';
import type { WriteContext } from '../../writeContext.js';
import { tierExpiry } from '../tierExpiry.js';
import type { Rung } from '../tierLadders.js';

/** The LoyaltyMemberTier that a member holds in one group now. Days are `yyyy-MM-dd`. */
export interface HeldTier {
  readonly id: string;
  readonly memberId: string;
  readonly groupId: string;
  readonly tierId: string;
  readonly since: string | null;
  /** Day on which the tier expires. */
  readonly until: string | null;
}

/** A member gets into a tier. */
interface TierEntry {
  readonly memberId: string;
  readonly groupId: string;
  readonly rung: Pick<Rung, 'tierId' | 'name'>;
  readonly reason: string | null;
  /** A value of `LoyaltyMemberTier.ChangeReasonType`. */
  readonly reasonType?: string;
}

/** The tiers of members. They follow the qualifying balance, unless an action gives one. */
export class TierBook {
  readonly #ofMembers: StatementSync;

  constructor({ db }: Store) {
    this.#ofMembers = db.prepare(
      `SELECT "Id" AS id, "LoyaltyMemberId" AS memberId, "LoyaltyTierGroupId" AS groupId, "LoyaltyTierId" AS tierId,
         "EffectiveDate" AS since, "TierExpirationDate" AS until
       FROM "LoyaltyMemberTier" WHERE "LoyaltyMemberId" IN (SELECT value FROM json_each(?)) AND "IsDeleted" = 0
         AND coalesce("Status", 'Active') <> 'Inactive' ORDER BY "EffectiveDate", "Id"`,
    );
  }

  /** The latest row of each member and group counts. */
  read(writing: WriteContext, memberIds: Iterable<string>, today: string): OpenTiers {
    const rows = typedRows<HeldTier>(this.#ofMembers, JSON.stringify([...memberIds]));
    return new OpenTiers(writing, new Map(rows.map((held) => [keyOf(held), held])), today);
  }
}

/** The tiers of the members of one request. Each entry is written at the end, by `save`. */
export class OpenTiers {
  readonly #entries = new Map<string, TierEntry>();
  readonly #extended = new Map<string, HeldTier>();

  readonly #writing: WriteContext;
  readonly #held: ReadonlyMap<string, HeldTier>;
  readonly #today: string;

  constructor(writing: WriteContext, held: ReadonlyMap<string, HeldTier>, today: string) {
    this.#writing = writing;
    this.#held = held;
    this.#today = today;
  }

  /** The tier that a member had when this was read. */
  held(memberId: string, groupId: string): HeldTier | undefined {
    return this.#held.get(keyOf({ memberId, groupId }));
  }

  all(): HeldTier[] {
    return [...this.#held.values()];
  }

  /** Puts a member into a tier of its group. The last entry counts. */
  enter(entry: TierEntry): void {
    this.#entries.set(keyOf(entry), entry);
  }

  /** Whether a tier may be lost today: its day has come, or it has none. */
  isOver({ until }: HeldTier): boolean {
    return until === null || until <= this.#today;
  }

  /** Lets an expired tier go on for another period. @returns false for one that never expires */
  extend(held: HeldTier): boolean {
    if (held.until !== null) this.#extended.set(held.id, held);
    return held.until !== null;
  }

  /** The dates of a tier have no time of day, so a second change on one day takes the place of the first. */
  save(): void {
    for (const [key, entry] of this.#entries) {
      const held = this.#held.get(key);
      if (held?.tierId === entry.rung.tierId) continue;
      const { memberId, groupId } = entry;
      const tier = { ...tierValues(entry), TierExpirationDate: tierExpiry(this.#writing.store, entry, this.#today) };
      if (held?.since === this.#today) this.#update(held.id, tier);
      else {
        if (held) this.#update(held.id, { Status: 'Inactive', TierExpirationDate: this.#today });
        this.#insert({ ...tier, LoyaltyMemberId: memberId, LoyaltyTierGroupId: groupId, EffectiveDate: this.#today });
      }
    }
    for (const held of this.#extended.values()) this.#update(held.id, { TierExpirationDate: this.#nextExpiry(held) });
  }

  /** Periods follow each other without a gap, however late this is. */
  #nextExpiry(held: HeldTier): string | null {
    let day = held.until;
    while (day !== null && day <= this.#today) day = tierExpiry(this.#writing.store, held, day);
    return day;
  }

  #update(id: string, values: Readonly<Record<string, string | null>>): void {
    this.#writing.store.update('LoyaltyMemberTier', id, values, { as: 'org', userId: this.#writing.userId });
  }

  #insert(values: Readonly<Record<string, string | null>>): void {
    this.#writing.store.insert('LoyaltyMemberTier', values, { as: 'org', userId: this.#writing.userId });
  }
}

function tierValues({ rung, reason, reasonType }: TierEntry): Record<string, string | null> {
  return { Name: rung.name, LoyaltyTierId: rung.tierId, ReasonForChange: reason, ChangeReasonType: reasonType ?? null };
}

function keyOf({ memberId, groupId }: { readonly memberId: string; readonly groupId: string }): string {
  return `${memberId} ${groupId}`;
}
