/** Numbers begin here, so that all have the same length up to 899,999 members. */
const firstNumber = 100_001;

/** The membership number of the member at `index`, from 0. Feed and member list agree on it. */
export function membershipNumber(index: number): string {
  return `HR-${firstNumber + index}`;
}
