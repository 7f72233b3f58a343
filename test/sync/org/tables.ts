export interface StoredJournal {
  readonly id: string;
  readonly number: string;
  /** As the org spells it. */
  member: string;
  status: string;
  error: string | null;
  readonly program: string;
  /** Its content, by the names of the fields in a look-up. */
  content: JournalContent;
  readonly relatedTo: string | null;
  /** The org's time, in milliseconds since the epoch. */
  readonly createdAt: number;
  readonly unique: string | undefined;
}

/** The content of a purchase, as the org stores it. */
export interface JournalContent {
  readonly ActivityDate?: string;
  readonly JournalType?: string;
  readonly TransactionAmount?: number;
}

type Record_ = Record<string, unknown>;

export const programName = 'Harbour Rewards';
const programId = '0lp000000000001AAA';
export const otherProgramId = '0lp000000000002AAA';

/** What is given for a new journal. */
export type NewJournal = Pick<StoredJournal, 'number' | 'member' | 'status'> & {
  readonly program?: string;
  /** Default: the content of `purchase()`. */
  readonly content?: JournalContent;
  readonly error?: string;
  readonly relatedTo?: string;
  readonly unique?: string | undefined;
};

const ordinary: JournalContent = {
  ActivityDate: '2026-04-03T08:00:00.000+0000',
  JournalType: 'Accrual',
  TransactionAmount: 3,
};

/** What the org has stored, and the few queries that a sync sends. Text is compared without case, as in SOQL. */
export class Tables {
  readonly journals: StoredJournal[] = [];
  /** Points credited by journals, by their Ids. A journal without points has no ledger that the user can read. */
  readonly credited = new Map<string, number>();
  /** Uses of promotions, by member and promotion. */
  readonly usage = new Map<string, number>();
  readonly #members = new Map<string, { id: string; number: string }>();
  /** Journals that were ever inserted: an Id is not used again when a journal is deleted. */
  #inserted = 0;

  constructor(
    members: readonly string[],
    /** The org's time. */
    readonly now: () => number,
    /** Length of ExternalTransactionNumber. Undefined if this user cannot see the field. */
    readonly numberLength: number | undefined,
  ) {
    for (const member of members) this.enrol(member);
  }

  enrol(number: string): string {
    const id = `0lM${String(this.#members.size + 1).padStart(12, '0')}AAA`;
    this.#members.set(number.toLowerCase(), { id, number });
    return id;
  }

  memberId(number: string): string | undefined {
    return this.#members.get(number.toLowerCase())?.id;
  }

  get memberNumbers(): string[] {
    return [...this.#members.values()].map(({ number }) => number);
  }

  /** Returns the member's number as the org spells it. */
  numberOf(memberId: string): string | undefined {
    return [...this.#members.values()].find(({ id }) => id === memberId)?.number;
  }

  insert({ number, member, status, program = programId, content = ordinary, ...rest }: NewJournal): StoredJournal {
    const spelled = this.#members.get(member.toLowerCase())?.number ?? member;
    this.#inserted += 1;
    const id = `0lV${String(this.#inserted).padStart(12, '0')}AAA`;
    const { error = null, relatedTo = null, unique } = rest;
    const journal = {
      id,
      number,
      member: spelled,
      status,
      error,
      program,
      content,
      relatedTo,
      createdAt: this.now(),
      unique,
    };
    this.journals.push(journal);
    return journal;
  }

  describe(): unknown {
    if (this.numberLength === undefined) return { name: 'TransactionJournal', fields: [] };
    return { name: 'TransactionJournal', keyPrefix: '0lV', fields: described(this.numberLength) };
  }

  query(soql: string): Record_[] {
    const from = / FROM (\w+)/.exec(soql)?.[1];
    const literals = new Set(literalsOf(soql).map((text) => text.toLowerCase()));
    switch (from) {
      case 'Organization':
        return [{ Id: '00D000000000001AAA' }];
      case 'LoyaltyProgram':
        if (soql.includes('WHERE') && !literals.has(programName.toLowerCase())) return [];
        return [{ Id: programId, Name: programName, Status: 'Active' }];
      case 'LoyaltyProgramMember':
        return this.#findMembers(literals);
      case 'TransactionJournal':
        if (soql.includes('CreatedDate >= ')) return this.#journalsSince(soql);
        return soql.includes(' LIKE ') ? this.#journalsLike(soql) : this.#findJournals(literals);
      case 'LoyaltyLedger':
        return literalsOf(soql).flatMap((id) => {
          const Points = this.credited.get(id);
          if (Points === undefined) return [];
          return [{ Points, EventType: 'Credit', TransactionJournalId: id, LoyaltyProgramCurrencyId: null }];
        });
      case 'Promotion':
        return literalsOf(soql).map((Id) => ({ Id }));
      case 'JournalType':
        return [{ Id: '0lT000000000001AAA' }];
      case 'LoyaltyProgramMbrPromotion':
        return this.#usageOf(soql);
      case 'PromotionPartyUsage':
        return [];
      default:
        throw new Error(`Nobody taught the org this query: ${soql}`);
    }
  }

  #findMembers(literals: ReadonlySet<string>): Record_[] {
    const rest = { MemberStatus: 'Active', MemberType: 'Individual', EnrollmentDate: null, ContactId: null };
    return [...this.#members.values()]
      .filter(({ id, number }) => literals.has(number.toLowerCase()) || literals.has(id.toLowerCase()))
      .map(({ id, number }) => ({ Id: id, MembershipNumber: number, ...rest }));
  }

  #findJournals(literals: ReadonlySet<string>): Record_[] {
    return this.journals
      .filter(({ number }) => literals.has(number.toLowerCase()))
      .map((journal) => this.#row(journal));
  }

  #journalsSince(soql: string): Record_[] {
    const since = Date.parse(/CreatedDate >= (\S+)/.exec(soql)?.[1] ?? '');
    const prefix = (literalsOf(soql)[0] ?? '').replace(/%$/, '').replace(/\\(.)/g, '$1').toLowerCase();
    return this.journals
      .filter(({ number, createdAt, relatedTo, program }) => {
        const isOurs = program === programId && (relatedTo === null || !soql.includes('RelatedJournalId = null'));
        return isOurs && number.toLowerCase().startsWith(prefix) && createdAt >= since;
      })
      .map((journal) => this.#row(journal));
  }

  #journalsLike(soql: string): Record_[] {
    const prefix = (literalsOf(soql)[0] ?? '').replace(/%$/, '').replace(/\\(.)/g, '$1').toLowerCase();
    return this.journals
      .filter(({ number }) => number.toLowerCase().startsWith(prefix))
      .slice(0, 1)
      .map((journal) => this.#row(journal));
  }

  #row({ id, number, member, status, error, program, content, relatedTo, createdAt }: StoredJournal): Record_ {
    return {
      Id: id,
      ExternalTransactionNumber: number,
      Status: status,
      ErrorDescription: error,
      MemberId: this.memberId(member) ?? null,
      LoyaltyProgramId: program,
      RelatedJournalId: relatedTo,
      CreatedDate: new Date(createdAt).toISOString(),
      ActivityDate: content.ActivityDate ?? null,
      JournalTypeId: null,
      JournalType: content.JournalType === undefined ? null : { Name: content.JournalType },
      TransactionAmount: content.TransactionAmount ?? null,
      Member: { MembershipNumber: member },
    };
  }

  #usageOf(soql: string): Record_[] {
    const literals = literalsOf(soql);
    return [...this.usage].flatMap(([pair, completed]) => {
      const [LoyaltyProgramMemberId = '', PromotionId = ''] = pair.split(' ');
      if (!literals.includes(LoyaltyProgramMemberId) || !literals.includes(PromotionId)) return [];
      const keys = { Id: '0oP000000000001AAA', LoyaltyProgramMemberId, PromotionId };
      return [{ ...keys, CumulativeUsageCompleted: completed, CumulativeUsageTarget: 10 }];
    });
  }
}

function described(numberLength: number): unknown[] {
  const field = (name: string, type: string, more: object = {}): object => ({ name, type, createable: true, ...more });
  return [
    field('ExternalTransactionNumber', 'string', { length: numberLength, filterable: true }),
    field('ActivityDate', 'datetime'),
    field('MemberId', 'reference'),
    field('JournalTypeId', 'reference'),
    field('RelatedJournalId', 'reference'),
    field('TransactionAmount', 'currency', { scale: 2, precision: 18 }),
    field('Status', 'picklist', { length: 40 }),
    field('Item__c', 'string', { length: 255 }),
    field('Unique__c', 'string', { length: 255, unique: true, caseSensitive: true }),
  ];
}

function literalsOf(soql: string): string[] {
  return [...soql.matchAll(/'((?:\\.|[^'\\])*)'/g)].map(([, text = '']) =>
    text.includes('%') ? text : text.replace(/\\(.)/g, '$1'),
  );
}
