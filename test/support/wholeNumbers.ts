/**
 * Reads arguments of a long proof, such as how many histories and the first seed. A word in their place would make it
 * check nothing and end well.
 * @throws {Error} if one of them is not a whole number of at least 1
 */
export function wholeNumbers(args: readonly string[]): number[] {
  return args.map((text) => {
    if (/^[1-9]\d{0,15}$/.test(text)) return Number(text);
    throw new Error(`"${text}" is not a whole number of at least 1.`);
  });
}
