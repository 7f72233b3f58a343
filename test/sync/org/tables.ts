export interface StoredJournal {
  readonly id: string;
  readonly number: string;
  /** As the org spells it. */
  readonly member: string;
  status: string;
  error: string | null;
  readonly program: string;
}

type Record_ = Record<string, unknown>;

export const programName = 'Harbour Rewards';
const programId = '0lp000000000001AAA';
export const otherProgramId = '0lp000000000002AAA';

/** What is known of a journal that somebody stores. */
export type NewJournal = Pick<StoredJournal, 'number' | 'member' | 'status'> & { readonly program?: string };

/** What the org has stored, and the few queries that a sync asks. Text is compared without case, as SOQL does. */
export class Tables {
  readonly journals: StoredJournal[] = [];
  /** Points credited by journals, by their Ids. A journal without any has no ledger that a user may read. */
  readonly credited = new Map<string, number>();
  /** Uses of promotions, by member and promotion. */
  readonly usage = new Map<string, number>();
  readonly #members = new Map<string, { id: string; number: string }>();

  constructor(
    members: readonly string[],
    /** Length of ExternalTransactionNumber; without one, this user may not see the field. */
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

  insert({ number, member, status, program = programId }: NewJournal): StoredJournal {
    const spelled = this.#members.get(member.toLowerCase())?.number ?? member;
    const id = `0lV${String(this.journals.length + 1).padStart(12, '0')}AAA`;
    const journal = { id, number, member: spelled, status, error: null, program };
    this.journals.push(journal);
    return journal;
  }

  describe(): unknown {
    if (this.numberLength === undefined) return { name: 'TransactionJournal', fields: [] };
    const field = { name: 'ExternalTransactionNumber', type: 'string', length: this.numberLength };
    return { name: 'TransactionJournal', fields: [field] };
  }

  query(soql: string): Record_[] {
    const from = / FROM (\w+)/.exec(soql)?.[1];
    const literals = new Set(literalsOf(soql).map((text) => text.toLowerCase()));
    switch (from) {
      case 'LoyaltyProgram':
        if (soql.includes('WHERE') && !literals.has(programName.toLowerCase())) return [];
        return [{ Id: programId, Name: programName, Status: 'Active' }];
      case 'LoyaltyProgramMember':
        return this.#findMembers(literals);
      case 'TransactionJournal':
        return soql.includes(' LIKE ') ? this.#journalsLike(soql) : this.#findJournals(literals);
      case 'LoyaltyLedger':
        return literalsOf(soql).flatMap((id) => {
          const Points = this.credited.get(id);
          return Points === undefined ? [] : [{ Points }];
        });
      case 'Promotion':
        return literalsOf(soql).map((Id) => ({ Id }));
      case 'LoyaltyProgramMbrPromotion':
        return this.#usageOf(literalsOf(soql));
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

  #journalsLike(soql: string): Record_[] {
    const prefix = (literalsOf(soql)[0] ?? '').replace(/%$/, '').replace(/\\(.)/g, '$1').toLowerCase();
    return this.journals
      .filter(({ number }) => number.toLowerCase().startsWith(prefix))
      .slice(0, 1)
      .map((journal) => this.#row(journal));
  }

  #row({ id, number, member, status, error, program }: StoredJournal): Record_ {
    return {
      Id: id,
      ExternalTransactionNumber: number,
      Status: status,
      ErrorDescription: error,
      MemberId: this.memberId(member) ?? null,
      LoyaltyProgramId: program,
    };
  }

  #usageOf([member, promotion]: readonly string[]): Record_[] {
    const completed = this.usage.get(`${member ?? ''} ${promotion ?? ''}`);
    if (completed === undefined) return [];
    return [{ Id: '0oP000000000001AAA', CumulativeUsageCompleted: completed, CumulativeUsageTarget: 10 }];
  }
}

function literalsOf(soql: string): string[] {
  return [...soql.matchAll(/'((?:\\.|[^'\\])*)'/g)].map(([, text = '']) =>
    text.includes('%') ? text : text.replace(/\\(.)/g, '$1'),
  );
}
