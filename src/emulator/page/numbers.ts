/** Counts. */
export const number = new Intl.NumberFormat('en');
/** Points and money: as many decimals as there are, at most two. */
export const amount = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
