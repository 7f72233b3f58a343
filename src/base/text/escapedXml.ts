const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Makes a text safe in an element and in an attribute. */
export function escapedXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
