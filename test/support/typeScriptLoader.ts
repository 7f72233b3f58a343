/**
 * Lets Node itself run the sources, in mocha and in the processes that a test starts. tsx needs up to twice the processor
 * time, because it asks another process to compile each file and keeps no compiled code.
 */
import { enableCompileCache, flushCompileCache, registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Milliseconds after which most of the code is loaded. A process that is killed keeps nothing by itself. */
const loadTime = 700;

enableCompileCache(join(tmpdir(), 'loyalty-sources-cache'));
setTimeout(flushCompileCache, loadTime).unref();

// Sources import each other by the names that they have once they are compiled.
registerHooks({
  resolve: (specifier, context, next) => {
    const isOfSource = /^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL?.endsWith('.ts');
    return next(isOfSource ? specifier.replace(/js$/, 'ts') : specifier, context);
  },
});
