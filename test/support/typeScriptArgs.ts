/** Arguments of Node for a process that runs the sources as they are. */
export const typeScriptArgs: readonly string[] = [
  '--disable-warning=ExperimentalWarning',
  '--experimental-transform-types',
  '--import',
  new URL('typeScriptLoader.ts', import.meta.url).href,
];
