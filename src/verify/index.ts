/** Asks an org about what is assumed of one in docs/fidelity.md. */
export type { Finding, Probe } from './probe.js';
export type { CreatedRecord } from './probedOrg.js';
export { allProbes } from './probes/allProbes.js';
export { callsOf, verifyFidelity, writesAnything } from './verifyFidelity.js';
export type { VerifyOptions, VerifyReport } from './verifyFidelity.js';
