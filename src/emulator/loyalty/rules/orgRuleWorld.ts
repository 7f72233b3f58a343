import { RuleFailure } from '../../../rules/index.js';
import type {
  JournalForProcess,
  RuleCall,
  RuleEffect,
  RuleJournal,
  RulePromotion,
  RuleRecord,
  RuleValue,
  RuleWorld,
} from '../../../rules/index.js';
import { OrgRefusal } from '../../orgRefusal.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import type { StoredJournal } from '../journalReader.js';
import { ProcessFailure } from '../processFailure.js';
import { textOrNull } from '../rowValues.js';
import { attributeRuleActions } from './actions/attributeRuleActions.js';
import { badgeRuleActions } from './actions/badgeRuleActions.js';
import { mailRuleActions } from './actions/mailRuleActions.js';
import { pointsRuleActions } from './actions/pointsRuleActions.js';
import { promotionRuleActions, standsIn } from './actions/promotionRuleActions.js';
import { recordRuleActions } from './actions/recordRuleActions.js';
import type { RuleActionHandlers, RuleActionContext } from './actions/ruleAction.js';
import { findPromotion } from './actions/rulePromotions.js';
import { tierRuleActions } from './actions/tierRuleActions.js';
import { usageRuleActions } from './actions/usageRuleActions.js';
import { voucherRuleActions } from './actions/voucherRuleActions.js';
import { journalField, objectRecords } from './journalField.js';
import type { KnownRows } from './journalField.js';
import { insertRuleJournal } from './insertRuleJournal.js';

const handlers: RuleActionHandlers = {
  ...attributeRuleActions,
  ...badgeRuleActions,
  ...mailRuleActions,
  ...pointsRuleActions,
  ...promotionRuleActions,
  ...recordRuleActions,
  ...tierRuleActions,
  ...usageRuleActions,
  ...voucherRuleActions,
};

/** The records of the org, as rules see and change them, for the journals of one request. */
export class OrgRuleWorld implements RuleWorld {
  readonly #context: RuleActionContext;
  readonly #journals: Map<string, StoredJournal>;
  readonly #rows: KnownRows = new Map();
  readonly #promotions = new Map<string, SObjectRow | undefined>();
  /** What decision tables read, because the look-ups of the journals of a request follow one another. */
  readonly #records = new Map<string, RuleRecord[] | undefined>();

  constructor(context: RuleActionContext, journals: readonly StoredJournal[]) {
    this.#context = context;
    this.#journals = new Map(journals.map((journal) => [journal.id, journal]));
  }

  /** Without a journal, there is only the member. */
  field({ id }: RuleJournal, path: string): RuleValue {
    if (id === '' && path.toLowerCase() === 'memberid') return this.#stored(id).memberId || null;
    return journalField(this.#context.writing.store, this.#rows, { journalId: id || undefined, path });
  }

  /** A table that has been refreshed has the records of that time. */
  records(objectName: string, table: string): readonly RuleRecord[] | undefined {
    const refreshed = this.#context.org.refreshedTables.get(table.toLowerCase());
    if (refreshed) return refreshed;
    const key = objectName.toLowerCase();
    if (!this.#records.has(key)) this.#records.set(key, objectRecords(this.#context.writing.store, objectName));
    return this.#records.get(key);
  }

  promotion(name: string): RulePromotion | undefined {
    const row = this.#promotion(name);
    return (
      row && {
        isActive: row['IsActive'] === true,
        startDate: textOrNull(row, 'StartDate') ?? undefined,
        endDate: textOrNull(row, 'EndDate') ?? undefined,
      }
    );
  }

  isEligible({ id, activityDay }: RuleJournal, promotion: string): boolean {
    const row = this.#promotion(promotion);
    const { memberId } = this.#stored(id);
    return row !== undefined && standsIn(this.#context, row, { memberId, today: activityDay }) === 'Eligible';
  }

  perform({ id }: RuleJournal, call: RuleCall): RuleEffect {
    const handler = handlers[call.type];
    if (!handler) throw new RuleFailure(`The local org does not have the action ${call.type}.`);
    const journal = this.#stored(id);
    requireMember(journal, call);
    const effect = failing(() => handler({ ...this.#context, journal, call }));
    if (call.type === 'Crud') this.#forgetAll();
    else if (!/^(?:Get|Check)/.test(call.type)) this.#records.clear();
    return effect;
  }

  makeJournal(by: RuleJournal, made: JournalForProcess): RuleJournal {
    const journal = failing(() => insertRuleJournal(this.#context, this.#stored(by.id), made));
    this.#journals.set(journal.id, journal);
    this.#records.clear();
    return ruleJournal(journal, this.#context);
  }

  forgetRecords(): void {
    this.#records.clear();
  }

  /** Any record may have been written. */
  #forgetAll(): void {
    this.#records.clear();
    this.#rows.clear();
    this.#promotions.clear();
  }

  #promotion(name: string): SObjectRow | undefined {
    if (!this.#promotions.has(name)) this.#promotions.set(name, findPromotion(this.#context, name));
    return this.#promotions.get(name);
  }

  #stored(id: string): StoredJournal {
    const journal = this.#journals.get(id);
    if (!journal) throw new Error(`The journal ${id} is not of this request.`);
    return journal;
  }
}

export function ruleJournal(
  journal: StoredJournal,
  { writing, dayOf }: Pick<RuleActionContext, 'writing' | 'dayOf'>,
): RuleJournal {
  const subtype = journal.subTypeId === null ? undefined : writing.store.get('JournalSubType', journal.subTypeId);
  return {
    id: journal.id,
    journalType: journal.journalType,
    journalSubType: textOrNull(subtype, 'Name') ?? undefined,
    activityDay: dayOf(journal.activityDate),
  };
}

/** A process that is called by its name may name no member, and has no journal unless it was given one. */
function requireMember({ id, memberId }: StoredJournal, { name, type }: RuleCall): void {
  if (type === 'Crud' || type === 'SendMail') return;
  if (memberId === '') throw new RuleFailure(`${name}: the process was called without a member.`);
  const moves = type === 'CreditPoints' || type === 'DebitPoints' || type === 'UpdatePointBalance';
  if (moves && id === '') throw new RuleFailure(`${name}: the process was called without a TransactionJournal.`);
}

/** What an org refuses is a failure of the rule. */
function failing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ProcessFailure || error instanceof OrgRefusal)) throw error;
    throw new RuleFailure(error.message, { cause: error });
  }
}
