import { creditPointsToMembers, debitPointsFromMembers } from '../contract/templates/pointsTemplates.js';
import type { ParametersFor } from '../contract/processTemplate.js';
import type { TransactionJournalInput } from '../contract/endpoints/realtimeEndpoints.js';
import { parseAnswer } from './parseAnswer.js';
import type { ProcessesResource } from './processes.js';

export interface CreditRequest {
  /** Name of the org's process of type CreditPointsToMembers. Default: the name of the type. */
  readonly processName?: string;
  /** A lost answer is looked up by `ExternalTransactionNumber`. Without it, a duplicate cannot be recognized. */
  readonly journal: TransactionJournalInput;
  readonly points: number;
  /** For a copy of the template that takes the currency as a parameter. */
  readonly currencyName?: string | undefined;
}

export interface CreditResult {
  /** Null when the process returned no number, which happens while its rule is not active. */
  readonly pointsCredited: number | null;
}

export interface DebitRequest extends Omit<CreditRequest, 'processName' | 'currencyName'> {
  /** Name of the org's process of type DebitPointsFromMembers. Default: the name of the type. */
  readonly processName?: string;
}

export interface DebitResult {
  /** Null when the process returned no number, which happens while its rule is not active. */
  readonly pointsDebited: number | null;
}

/** `client.points`: credits and debits points that were computed elsewhere. */
export class PointsResource {
  readonly #processes: ProcessesResource;

  constructor(processes: ProcessesResource) {
    this.#processes = processes;
  }

  /** Runs a process of type CreditPointsToMembers, sent at most once. */
  async credit(program: string, { processName, journal, points, currencyName }: CreditRequest): Promise<CreditResult> {
    const { type, result } = creditPointsToMembers;
    const name = processName ?? type;
    const input: ParametersFor<typeof creditPointsToMembers> = {
      ...{ TransactionJournal: journal, PointsToCredit: points },
      ...(currencyName !== undefined && { ProgramCurrencyName: currencyName }),
    };
    const results = await this.#processes.run(program, name, input);
    const { PointsCredited } = parseAnswer(results[0] ?? {}, result, `A result of the process ${name} came`);
    return { pointsCredited: PointsCredited ?? null };
  }

  /** Runs a process of type DebitPointsFromMembers, sent at most once. */
  async debit(program: string, { processName, journal, points }: DebitRequest): Promise<DebitResult> {
    const { type, result } = debitPointsFromMembers;
    const name = processName ?? type;
    const input: ParametersFor<typeof debitPointsFromMembers> = { TransactionJournal: journal, PointsToDebit: points };
    const results = await this.#processes.run(program, name, input);
    const { PointsDebited } = parseAnswer(results[0] ?? {}, result, `A result of the process ${name} came`);
    return { pointsDebited: PointsDebited ?? null };
  }
}
