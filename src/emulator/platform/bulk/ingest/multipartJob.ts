/** Number of characters that are searched in the head of a part. */
const longestHead = 1_000;

/**
 * Reads the parts of a `multipart/form-data` body by name. It supports what clients send to create a job in one
 * request: two parts of text, each with a head and a blank line before its content. Lines may end in LF, as in requests
 * written by hand.
 */
export function readFormParts(body: Buffer, contentType: string): Map<string, string> {
  const parts = new Map<string, string>();
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) return parts;
  for (const part of `\n${body.toString('utf8')}`.split(`\n--${boundary}`)) {
    const [, head = '', content = ''] = /^[^\n]*\n(.*?)\r?\n\r?\n(.*)$/s.exec(part) ?? [];
    const name = /^content-disposition:[^\n]*\bname="([^"]*)"/im.exec(head.slice(0, longestHead))?.[1];
    if (name !== undefined) parts.set(name, content.replace(/\r$/, ''));
  }
  return parts;
}
