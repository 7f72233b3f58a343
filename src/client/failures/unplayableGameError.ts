/** The participant has no such game, or none that can be played now. */
export class UnplayableGameError extends Error {
  override readonly name = 'UnplayableGameError';

  constructor(
    /** Id of the participant. */
    readonly participantId: string,
    why: string,
  ) {
    super(`No game can be played: ${why}`);
  }
}
