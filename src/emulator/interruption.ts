/**
 * Ends the work of a request that is to be done again or not at all. Whoever renders errors lets it pass: it is no
 * answer.
 */
export class Interruption extends Error {
  public override readonly name = 'Interruption';
}
