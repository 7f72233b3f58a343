import { shortText } from './shortText.js';

const mostNames = 50;
const longestName = 200;

interface NamedThing {
  readonly name: string;
  /** Follows the quoted name, such as `(Draft)`. */
  readonly remark?: string;
}

/** Returns names that come from an org or a file for a sentence: quoted, cut, and not too many. */
export function namesText(names: readonly (string | NamedThing)[]): string {
  const shown = names.slice(0, mostNames).map((each) => {
    const { name, remark }: NamedThing = typeof each === 'string' ? { name: each } : each;
    const quoted = `"${shortText(name, longestName)}"`;
    return remark === undefined ? quoted : `${quoted} ${shortText(remark, longestName)}`;
  });
  const more = names.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more.toLocaleString('en-US')} more`] : [])].join(', ');
}
