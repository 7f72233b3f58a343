/**
 * The first import of every command. On an older Node the dependencies fail with an error that does not mention the
 * version, and the CLI imports the commands of a linked plugin for every command it runs.
 */
import './logLevel.js';
import { nodeProblem } from './nodeVersion.js';

const problem = nodeProblem();
if (problem !== undefined) {
  const error = new Error(problem);
  // Without this, the CLI would show only the location.
  error.stack = `Error: ${problem}`;
  throw error;
}
