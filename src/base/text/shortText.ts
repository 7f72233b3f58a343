/** The beginning of a long text with its whole length, so that nobody's text fills a screen or a log. */
export function shortText(text: string, most = 500): string {
  if (text.length <= most) return text;
  // Half of a character of two code units would be unreadable.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(most - 1)) ? most - 1 : most;
  return `${text.slice(0, end)}… (${text.length.toLocaleString('en-US')} characters)`;
}
