import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
let loaded: typeof import('fast-xml-parser') | undefined;

/** Loads the XML parser when it is first used. Most runs read no XML, and would start later with it. */
export function xmlLibrary(): typeof import('fast-xml-parser') {
  return (loaded ??= require('fast-xml-parser') as typeof import('fast-xml-parser'));
}
