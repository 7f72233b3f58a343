/**
 * Returns the items of these rows.
 * @param items those of the batch: the number of a row is the place of its item
 * @throws {Error} if the batch has no such row
 */
export function itemsOfRows(rows: Iterable<number>, items: readonly number[]): number[] {
  return Array.from(rows, (row) => {
    const item = items[row];
    if (item === undefined) throw new Error(`The batch has no row ${row}.`);
    return item;
  });
}
