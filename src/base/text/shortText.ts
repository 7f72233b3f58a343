/** Returns the beginning of a long text and its whole length, so that no text fills a screen or a log. */
export function shortText(text: string, most = 500): string {
  if (text.length <= most) return text;
  // Do not cut between the two code units of one character.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(most - 1)) ? most - 1 : most;
  return `${text.slice(0, end)}… (${text.length.toLocaleString('en-US')} characters)`;
}
