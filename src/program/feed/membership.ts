/** The first number. All numbers have the same length up to 899,999 members. */
const firstNumber = 100_001;

/** Returns the membership number of the member at `index`, from 0. The feed and the list of members both use it. */
export function membershipNumber(index: number): string {
  return `HR-${firstNumber + index}`;
}
