let counts: Intl.NumberFormat | undefined;
let amounts: Intl.NumberFormat | undefined;

/** Formats a count. The formats are made when the page is first shown, because that takes a while. */
export function shownNumber(value: number): string {
  return (counts ??= new Intl.NumberFormat('en')).format(value);
}

/** Formats points or money, with up to two decimals. */
export function amount(value: number): string {
  return (amounts ??= new Intl.NumberFormat('en', { maximumFractionDigits: 2 })).format(value);
}
