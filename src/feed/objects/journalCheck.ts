import { interchangeableField } from '../../contract/interchangeableNames.js';
import { nearest } from '../../base/text/nearest.js';
import type { Transaction } from '../../transaction.js';
import { filledBy } from '../mapping/filledFields.js';
import { fitterFor } from '../mapping/fitValue.js';
import type { FitValue } from '../mapping/fitValue.js';
import type { JournalTarget } from '../mapping/journalTarget.js';
import type { RejectionReason } from '../rejection.js';

/** What the org would surely refuse in a journal. */
export interface JournalProblem {
  readonly reason: RejectionReason;
  readonly field: string;
  readonly value: string;
  /** A clause after the name of the field, such as "is not a decimal number". */
  readonly issue: string;
}

/** Checks journals that no mapping has made against what the org describes. Values stay as they were given. */
export class JournalCheck {
  readonly #target: JournalTarget;
  readonly #fitters = new Map<string, FitValue>();

  constructor(target: JournalTarget) {
    this.#target = target;
  }

  /** Returns the first problem, in the order of the fields. */
  problemOf(journal: Transaction['journal']): JournalProblem | undefined {
    for (const [field, value] of Object.entries(journal)) {
      const misfit = this.#issueOf(field, value);
      if (misfit) return { field, value: String(value), ...misfit };
    }
    return undefined;
  }

  #issueOf(name: string, value: string | number | boolean): Pick<JournalProblem, 'reason' | 'issue'> | undefined {
    const fit = this.#fitters.get(name);
    const problem = fit ? undefined : this.#problemOfName(name);
    if (problem !== undefined) return { reason: 'unknown-field', issue: problem };
    const fitted = (fit ?? this.#newFitter(name))(value);
    return 'value' in fitted ? undefined : { reason: fitted.reason, issue: fitted.issue };
  }

  /** Only fields that the org has are remembered, so that their number has a limit. */
  #newFitter(name: string): FitValue {
    const fit = fitterFor(name, this.#target.field(name));
    this.#fitters.set(name, fit);
    return fit;
  }

  #problemOfName(name: string): string | undefined {
    const from = filledBy(name);
    if (from !== undefined) return `is filled from the ${from} of the transaction: leave it out of the journal`;
    const found = this.#target.field(name) ?? this.#target.field(interchangeableField(name) ?? '');
    if (found !== undefined && found.createable !== false) return undefined;
    if (found !== undefined) return 'is a field of TransactionJournal that this user may not fill in';
    const route = this.#target.routeOf?.(name);
    if (route !== undefined)
      return `is not a field of TransactionJournal: it is for --route ${route}, which this run has not`;
    const meant = nearest(name, this.#target.writableNames);
    const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`;
    return `is not a field of TransactionJournal in this org, or is hidden from this user${hint}`;
  }
}
