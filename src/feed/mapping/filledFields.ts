const keyOfField: ReadonlyMap<string, 'key' | 'member'> = new Map([
  ['externaltransactionnumber', 'key'],
  ['membershipnumber', 'member'],
  ['memberid', 'member'],
]);

/** The key of the mapping that fills this field of the journal; undefined for those that the mapping itself may fill. */
export function filledBy(field: string): 'key' | 'member' | undefined {
  return keyOfField.get(field.toLowerCase());
}
