import type { NearReward } from './nearReward.js';

type Named = (row: NearReward) => string | number | boolean | null;

const names: Readonly<Record<string, Named>> = {
  name: ({ name }) => name,
  membershipNumber: ({ membershipNumber }) => membershipNumber,
  reward: ({ rewardName }) => rewardName,
  attribute: ({ attribute }) => attribute?.name ?? null,
  completed: ({ completed }) => completed,
  target: ({ target }) => target,
  left: ({ left }) => left,
  percent: ({ percent }) => Math.floor(percent),
  by: ({ by }) => by,
};

/** Names that a template may have in braces, besides fields of the contact. */
export const templateNames: readonly string[] = Object.keys(names);

/**
 * Reads the text of a message, such as `Hello {name}, only {left} to go for "{reward}"`. A value that a member does not
 * have is empty. Two braces stand for one.
 *
 * @param contactFields names of fields of the Contact that may be used as well
 * @throws {RangeError} for a name that does not exist, and for a brace without the other one
 */
export function rewardTemplate(template: string, contactFields: readonly string[]): (row: NearReward) => string {
  const parts = template.split(/(\{\{|\}\}|\{[^{}]*\})/);
  const written = parts.map((part): ((row: NearReward) => string) => {
    if (part === '{{' || part === '}}') return () => part.slice(1);
    if (/^[^{}]*$/.test(part)) return () => part;
    if (!part.startsWith('{') || !part.endsWith('}')) throw new RangeError(loneBrace(part));
    const value = valueNamed(part.slice(1, -1).trim(), contactFields);
    return (row) => String(value(row) ?? '');
  });
  return (row) => written.map((write) => write(row)).join('');
}

function loneBrace(part: string): string {
  return `A brace in "${part}" has no other one. Close it, as in {left}, or write two braces for one.`;
}

function valueNamed(name: string, contactFields: readonly string[]): Named {
  const known = Object.hasOwn(names, name) ? names[name] : undefined;
  if (known) return known;
  if (contactFields.includes(name)) return ({ contact }) => contact?.fields[name] ?? null;
  const possible = [...templateNames, ...contactFields].map((each) => `{${each}}`).join(', ');
  throw new RangeError(`{${name}} is not known. A template may have ${possible}.`);
}
