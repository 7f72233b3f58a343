import type { ActionType } from '../programRules.js';
import type { RuleRecord, RuleValue } from '../ruleValue.js';

/** A journal that rules run for. */
export interface RuleJournal {
  readonly id: string;
  /** Name of its type. */
  readonly journalType: string;
  /** Name of its subtype. */
  readonly journalSubType: string | undefined;
  /** `yyyy-MM-dd`, in the time zone of the org. Rules and promotions are valid or not on this day. */
  readonly activityDay: string;
}

/** An action of a rule, with the values of its inputs. */
export interface RuleCall {
  readonly name: string;
  readonly type: ActionType;
  /** As in the rules: the object of Crud. */
  readonly target: string | undefined;
  readonly crud: 'create' | 'update' | undefined;
  readonly inputs: ReadonlyMap<string, RuleValue>;
  /** Name of the promotion of the rule, which points and vouchers then carry. */
  readonly promotion: string | undefined;
}

/** What an action gave or took, for sums and answers. */
export type RuleResult =
  | {
      readonly is: 'points';
      readonly currency: string;
      readonly currencyType: string;
      /** Signed. Zero where they went into escrow. */
      readonly points: number;
      readonly escrow: number;
      /** `yyyy-MM-dd` on which points leave escrow. */
      readonly escrowDate: string | null;
      readonly promotionId: string | null;
    }
  | {
      readonly is: 'usage';
      readonly promotion: string;
      readonly promotionId: string;
      /** Uses completed after it. */
      readonly completed: number;
    }
  | {
      readonly is: 'badge';
      readonly id: string;
      /** Name of the badge. */
      readonly badge: string;
      /** Last day, `yyyy-MM-dd`. Null: it has none. */
      readonly endDate: string | null;
    }
  | {
      readonly is: 'voucher';
      readonly id: string;
      readonly code: string;
      readonly definition: string;
      readonly faceValue: number | null;
      readonly discountPercent: number | null;
      /** `yyyy-MM-dd` */
      readonly effectiveDate: string | null;
      readonly expirationDate: string | null;
      readonly promotionId: string | null;
    };

/** What an action did. */
export interface RuleEffect {
  readonly outputs?: ReadonlyMap<string, RuleValue>;
  /** For a person: `+40 points in Harbour Points, now 140`. Undefined if it changed nothing. */
  readonly change?: string | undefined;
  readonly result?: RuleResult | undefined;
}

/** A promotion that a rule belongs to. */
export interface RulePromotion {
  readonly isActive: boolean;
  /** `yyyy-MM-dd`, both days included. */
  readonly startDate: string | undefined;
  readonly endDate: string | undefined;
}

/** What rules act on: the records of an org. */
export interface RuleWorld {
  /** @param path behind `TransactionJournal.`, such as `Member.Id` @throws {RuleFailure} */
  field(journal: RuleJournal, path: string): RuleValue;
  /**
   * Returns the records of an object, in their order, with fields in lower case. Undefined if there is no such object.
   * @param table the decision table that asks
   */
  records?(objectName: string, table: string): readonly RuleRecord[] | undefined;
  /** Called when a flow may have written records, so that decision tables read them again. */
  forgetRecords?(): void;
  /** Undefined if there is no such promotion. */
  promotion(name: string): RulePromotion | undefined;
  /** Whether the member of the journal can take part in a promotion. */
  isEligible(journal: RuleJournal, promotion: string): boolean;
  /**
   * Carries out an action. Assignments, flows, decision tables and processes of the same program are not for it.
   * @throws {RuleFailure}
   */
  perform(journal: RuleJournal, call: RuleCall): RuleEffect;
  /**
   * Makes the journal for another process of the program.
   * @throws {RuleFailure}
   */
  makeJournal(journal: RuleJournal, made: JournalForProcess): RuleJournal;
}

export interface JournalForProcess {
  readonly journalType: string;
  readonly journalSubType: string | undefined;
  readonly fields: ReadonlyMap<string, RuleValue>;
}
