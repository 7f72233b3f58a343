/**
 * The first import of every command: on an older Node the dependencies break with an error that says nothing about it,
 * and the CLI imports the commands of a linked plugin whatever it is asked.
 */
import './logLevel.js';
import { nodeProblem } from './nodeVersion.js';

const problem = nodeProblem();
if (problem !== undefined) {
  const error = new Error(problem);
  // The place would be all that is shown of it.
  error.stack = `Error: ${problem}`;
  throw error;
}
