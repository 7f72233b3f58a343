/** A row by column, in the store's form of values. */
export type MadeRow = Readonly<Record<string, string | number | null>> & { readonly Id: string };

/** Who asks, and with which API version. */
export interface Asker {
  readonly userId: string;
  readonly version: number;
}
