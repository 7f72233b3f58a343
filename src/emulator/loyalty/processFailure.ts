/**
 * The call was understood, and the engine could not do it. Resources whose answer has `status` and `message` say so
 * with HTTP 200 and `status: false`; the standard actions put it into the element of the input.
 */
export class ProcessFailure extends Error {
  override readonly name = 'ProcessFailure';
}
