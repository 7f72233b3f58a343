/** Formats counts. */
export const shownNumber = new Intl.NumberFormat('en');
/** Formats points and money, with up to two decimals. */
export const amount = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
