/** A seed folder that lacks a file, or has one too many. */
export class SeedFolderError extends Error {
  override readonly name = 'SeedFolderError';
  readonly actions: readonly string[];

  constructor(message: string, ...actions: readonly string[]) {
    super(message);
    this.actions = actions;
  }
}
