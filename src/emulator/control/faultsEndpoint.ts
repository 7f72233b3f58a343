import { z } from 'zod';
import { FaultPlan, FaultRule } from '../faults/index.js';
import type { Faults } from '../faults/index.js';
import { ok } from '../http/orgEndpoint.js';
import type { Endpoint } from '../http/orgEndpoint.js';
import { readControlBody } from './readControlBody.js';

const path = '/emulator/faults';
const Rules = z.union([z.array(FaultRule), FaultRule.transform((rule) => [rule])]);

/**
 * The fault plan. GET returns it with its counters, PUT replaces it, POST adds one or more rules, DELETE removes all.
 */
export function faultEndpoints(faults: Faults): Endpoint[] {
  const state = () => ok({ seed: faults.seed, rules: faults.rules });
  return [
    { method: 'GET', path, handle: state },
    {
      method: 'PUT',
      path,
      handle: ({ body }) => {
        faults.replace(readControlBody(FaultPlan, body));
        return state();
      },
    },
    {
      method: 'POST',
      path,
      handle: ({ body }) => {
        faults.add(...readControlBody(Rules, body));
        return state();
      },
    },
    {
      method: 'DELETE',
      path,
      handle: () => {
        faults.clear();
        return state();
      },
    },
  ];
}
