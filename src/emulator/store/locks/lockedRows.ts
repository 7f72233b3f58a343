import type { Field, ObjectModel, SObjectType } from '../model/objectModel.js';
import type { SObjectRow } from '../tables/table.js';
import type { Change } from '../watch.js';

/**
 * The member is the row that loyalty work meets at: the rule engine reads and writes a member's balances, tiers and
 * progress as one (platform guide, "Organize Data to Minimize Lock Contention", and practice). That these references
 * lock like a master-detail one is inferred.
 */
const memberReferences = [
  'TransactionJournal.MemberId',
  'LoyaltyLedger.LoyaltyProgramMemberId',
  'LoyaltyAggrPointExprLedger.LoyaltyProgramMemberId',
  'LoyaltyMemberCurrency.LoyaltyMemberId',
  'LoyaltyMemberTier.LoyaltyMemberId',
  'LoyaltyProgramMbrPromotion.LoyaltyProgramMemberId',
  'Voucher.LoyaltyProgramMemberId',
];

/**
 * Which rows a write takes: the row itself unless it is new, and the parents that it belongs to, also when the write
 * does not touch the reference. Parents are those that take their children with them when they are deleted, and the
 * member. Programs and journal types are not taken: every journal points to the same few.
 */
export class LockedRows {
  readonly #references: ReadonlySet<string>;
  readonly #parentFields = new Map<SObjectType, readonly Field[]>();

  public constructor(model: ObjectModel) {
    const owned = model.types
      .flatMap(({ definition }) => definition.children ?? [])
      .filter((each) => each.cascadeDelete);
    this.#references = new Set([
      ...memberReferences,
      ...owned.map(({ childObject, field }) => `${childObject}.${field}`),
    ]);
  }

  /** @param stored the row as it is, asked for only when the write does not say who its parents are */
  public of({ operation, type, id, values }: Change, stored: () => SObjectRow | undefined): string[] {
    const rows = operation === 'insert' ? [] : [id];
    for (const field of this.#parentsOf(type)) {
      const parent = values.get(field) ?? (operation === 'insert' ? undefined : stored()?.[field.name]);
      if (typeof parent === 'string') rows.push(parent);
    }
    return rows;
  }

  #parentsOf(type: SObjectType): readonly Field[] {
    let fields = this.#parentFields.get(type);
    if (!fields) {
      fields = type.fields.filter(({ name }) => this.#references.has(`${type.name}.${name}`));
      this.#parentFields.set(type, fields);
    }
    return fields;
  }
}
