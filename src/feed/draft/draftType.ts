import type { ColumnProfile } from './columnProfile.js';

/** Which journal type each text of a column means. */
export interface TypeDraft {
  readonly column: ColumnProfile;
  /** Texts that surely mean a type. */
  readonly known: ReadonlyMap<string, 'Accrual' | 'Redemption'>;
  /** Texts that a person has to decide about, and how many rows of the sample have each. */
  readonly unknown: ReadonlyMap<string, number>;
}

const typeNames =
  /^(?:transaction|receipt|booking|document|journal|order|sale|event|beleg|bon|buchungs?|vorgangs?)?[ _-]?(?:type|typ|kind|art|event|vorgang)$/i;
const accruals =
  /^(?:purchase|sales?|sold|buy|bought|order|transaction|accrual|earn|(?:ver)?kauf|bestellung|achat|vente|compra|venta)$/i;
const redemptions = /^(?:redemption|redeem(?:ed)?|burn|einlösung|eingelöst)$/i;
const returns =
  /^(?:returns?|returned|refund(?:ed)?|void|cancel(?:led|lation)?|rück(?:gabe|nahme|erstattung)|retoure|storno|gutschrift|retour|remboursement|devolución|reso)$/i;

/** More different texts are no types. */
const mostTypes = 12;

/** Finds the column that says what kind of transaction a row is. */
export function draftType(profiles: readonly ColumnProfile[]): TypeDraft | undefined {
  const usable = profiles.filter(
    ({ isFilled, distinct, number, dates }) => isFilled && distinct <= mostTypes && !number && dates.length === 0,
  );
  const isSaid = ({ values }: ColumnProfile): boolean => values.some((value) => isKindOfTransaction(value));
  const isNamed = ({ name }: ColumnProfile): boolean => typeNames.test(name.split('.').at(-1) ?? '');
  const column = usable.find((each) => isNamed(each) && isSaid(each)) ?? usable.find(isSaid) ?? usable.find(isNamed);
  if (!column) return undefined;
  const known = new Map<string, 'Accrual' | 'Redemption'>();
  const unknown = new Map<string, number>();
  for (const value of column.values) {
    if (accruals.test(value)) known.set(value, 'Accrual');
    else if (redemptions.test(value)) known.set(value, 'Redemption');
    else unknown.set(value, (unknown.get(value) ?? 0) + 1);
  }
  return { column, known, unknown };
}

function isKindOfTransaction(value: string): boolean {
  return [accruals, redemptions, returns].some((words) => words.test(value));
}
