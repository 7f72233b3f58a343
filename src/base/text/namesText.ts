import { shortText } from './shortText.js';

const mostNames = 50;
const longestName = 200;

/** Names that somebody else has chosen, for a sentence: neither their length nor their number is ours to know. */
export function namesText(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).map((name) => shortText(name, longestName));
  const more = names.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more.toLocaleString('en-US')} more`] : [])].join(', ');
}
