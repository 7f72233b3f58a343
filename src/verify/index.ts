/** Asks an org about the assumptions in docs/fidelity.md. */
export type { Probe } from './probe.js';
export { allProbes } from './probes/allProbes.js';
export { callsOf, verifyFidelity, writesAnything } from './verifyFidelity.js';
export type { VerifyReport } from './verifyFidelity.js';
