import { DateTime } from 'luxon';
import { addToDay } from '../../../../base/dayArithmetic.js';
import { expiryDay } from '../../rules/reward.js';
import type { PointsExpiry, PointsReward, ProgramCurrency } from '../../rules/reward.js';
import type { RunningJournal } from '../../rules/rule.js';

const mostKnown = 1000;

/** When credited points leave escrow, and when they expire. Days are those of the org's time zone. */
export class LotDates {
  readonly #known = new Map<string, string>();

  readonly #timeZone: string;

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /** Only points of fixed-model currencies that can be spent get a date (knowledge article 005224326). */
  expiryDate(journal: RunningJournal, { currency, expiryDate }: PointsReward): string | null {
    if (expiryDate !== undefined) return expiryDate;
    const { expiry } = currency;
    if (expiry?.model !== 'Fixed') return null;
    return this.#expiryDateOf(this.#dayOf(journal.activityDate), expiry);
  }

  /** Most journals of a request have the same few days. */
  #expiryDateOf(from: string, expiry: PointsExpiry): string {
    const { count, unit, tillEndOfMonth } = expiry;
    const key = `${from} ${count} ${unit} ${String(tillEndOfMonth)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const expiryDate = expiryDay(from, expiry);
    if (this.#known.size >= mostKnown) this.#known.clear();
    this.#known.set(key, expiryDate);
    return expiryDate;
  }

  /**
   * The day on which the points leave escrow: the one of the journal, else the program's number of days after the
   * activity. Null if the points can be spent at once, also because that day has come.
   */
  escrowDate(journal: RunningJournal, { currency, escrowDate }: PointsReward, today: () => string): string | null {
    const day = escrowDate === undefined ? this.#escrowDateOf(journal, currency) : escrowDate;
    return day !== null && day > today() ? day : null;
  }

  #escrowDateOf(journal: RunningJournal, { hasEscrow, escrowDays }: ProgramCurrency): string | null {
    if (!hasEscrow) return null;
    if (journal.escrowDate) return journal.escrowDate;
    return escrowDays === null ? null : addToDay(this.#dayOf(journal.activityDate), escrowDays, 'Days');
  }

  #dayOf(time: string): string {
    if (this.#timeZone === 'UTC') return time.slice(0, 10);
    return DateTime.fromISO(time, { zone: this.#timeZone }).toISODate() ?? time.slice(0, 10);
  }
}
