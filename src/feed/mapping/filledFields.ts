const keyOfField: ReadonlyMap<string, 'key' | 'member'> = new Map([
  ['externaltransactionnumber', 'key'],
  ['membershipnumber', 'member'],
  ['memberid', 'member'],
]);

/**
 * Returns the key of the mapping that fills this field of the journal, or undefined if the mapping may fill it by a
 * rule.
 */
export function filledBy(field: string): 'key' | 'member' | undefined {
  return keyOfField.get(field.toLowerCase());
}
