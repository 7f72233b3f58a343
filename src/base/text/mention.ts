/**
 * Finds an identifier, such as a membership number, in a text. One that only contains it, such as `HR-1-B` for `HR-1`,
 * is another one. Capitals make no difference.
 */
export function mentionOf(id: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}][-_/.]?)${literal(id)}(?![-_/.]?[\\p{L}\\p{N}])`, 'iu');
}

/** A regular expression that finds just this text. */
export function literal(text: string): string {
  return text.replaceAll(/[\^$\\.*+?()[\]{}|/]/g, String.raw`\$&`);
}
