/** Returns a count with its noun in singular or plural: `1 row`, `2,850 rows`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en', { maximumFractionDigits: 20 })} ${count === 1 ? noun : plural}`;
}
