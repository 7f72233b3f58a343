#!/usr/bin/env node

import { existsSync } from 'node:fs';

// Without this, oclif would find no commands and say that each of them does not exist.
const problem = existsSync(new URL('../lib/commands', import.meta.url))
  ? (await import('../lib/cli/nodeVersion.js')).nodeProblem()
  : 'This clone is not built yet: lib/ is missing. Run "npm run build" first, or use bin/dev.js.';

if (problem === undefined) {
  const { execute } = await import('@oclif/core');
  // Not awaited: with a pipe whose reader has gone (`| head -1`) it never ends, and Node would warn of that.
  void execute({ dir: import.meta.url });
} else {
  console.error(problem);
  process.exitCode = 1;
}
