/** One part of a multipart body. */
export interface BodyPart {
  /** Of the `content-disposition`. */
  readonly name: string;
  /** Without parameters, in lower case. */
  readonly mediaType: string;
  readonly content: Buffer;
}

/** Number of bytes that are searched in the head of a part. */
const longestHead = 2_000;

/** Returns the parts of a multipart body, whose content may be of any bytes. */
export function readBodyParts(body: Buffer, contentType: string): BodyPart[] {
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) return [];
  const parts: BodyPart[] = [];
  const delimiter = Buffer.from(`--${boundary}`);
  let at = body.indexOf(delimiter);
  while (at >= 0) {
    const from = at + delimiter.length;
    at = body.indexOf(delimiter, from);
    if (at >= 0) parts.push(...readPart(body.subarray(from, at)));
  }
  return parts;
}

function readPart(part: Buffer): BodyPart[] {
  const end = part.indexOf('\r\n\r\n');
  if (end < 0) return [];
  const head = part.subarray(0, Math.min(end, longestHead)).toString('utf8');
  const name = /^content-disposition:[^\n]*\bname="([^"]*)"/im.exec(head)?.[1] ?? '';
  const mediaType = /^content-type:\s*([^;\s]*)/im.exec(head)?.[1] ?? '';
  // The line break before the next boundary is not of the content.
  return [{ name, mediaType: mediaType.toLowerCase(), content: part.subarray(end + 4, part.length - 2) }];
}
