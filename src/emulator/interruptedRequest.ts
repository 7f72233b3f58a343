/**
 * Thrown to end the work of a request that will be done again or not at all. Code that renders errors must rethrow it,
 * because it must not become an answer.
 */
export class Interruption extends Error {
  override readonly name = 'Interruption';
}
