import { reporters } from 'mocha';

/** The spec reporter, closed by one line that a machine can read: `12 passed, 0 failed`. */
export default class ClosingLine extends reporters.Spec {
  override epilogue(): void {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    process.stdout.write(`${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ''}\n`);
  }
}
