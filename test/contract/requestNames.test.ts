import { expect } from 'chai';
import { z } from 'zod';
import { standardActions } from '../../src/contract/actions/index.js';
import { actionEndpoints } from '../../src/contract/endpoints/actionEndpoints.js';
import { allResources } from '../../src/contract/endpoints/index.js';
import { literalPath, requestTestTexts } from '../support/requestTestTexts.js';

/** Names that the client never sends, by path: the local org reads them, because other callers send them. */
const neverSent: Readonly<Record<string, readonly string[]>> = {
  // The client always sends the cart itself.
  '/global-promotions-management/eligible-promotions': ['contextInstanceId'],
  // The guide prints it with the sign. The client sends `promotionId`, as clients of real orgs do.
  '/loyalty/programs/{program}/members/{membershipNumber}/engagement-trail': ['$promotionId'],
  // Spellings of the guide's second sample. The client sends `redeemAmount` and `contactID`; the path names the member.
  '/loyalty/programs/{program}/members/{membershipNumber}/vouchers/{voucherCode}/redeem': [
    ...['redemptionAmount', 'contactId', 'accountId', 'memberId'],
  ],
};

const texts = requestTestTexts();

/** The names that no request test of the path has, as a key of an object or in a query. */
function untested(path: string, names: Iterable<string>): string[] {
  const ofPath = texts.filter((text) => literalPath(path).test(text));
  return [...names].filter((name) => {
    const written = new RegExp(`(?<![\\w$])${name.replace('$', '\\$')}['"]?\\s*[:=,}]`);
    return !ofPath.some((text) => written.test(text));
  });
}

/** The keys of a shape and of all objects in it. */
function keysOf(shape: unknown, keys = new Set<string>()): ReadonlySet<string> {
  if (shape instanceof z.ZodObject) {
    for (const [key, value] of Object.entries(shape.shape)) keysOf(value, keys.add(key));
  } else if (shape instanceof z.ZodUnion) {
    for (const option of shape.options) keysOf(option, keys);
  } else if (shape instanceof z.ZodPipe) {
    keysOf(shape.in, keys);
    keysOf(shape.out, keys);
  } else if (shape instanceof z.ZodArray) {
    keysOf(shape.element, keys);
  } else if (shape instanceof z.ZodOptional || shape instanceof z.ZodNullable || shape instanceof z.ZodReadonly) {
    keysOf(shape.unwrap(), keys);
  }
  return keys;
}

describe('Every parameter of the contract is in a literal request of a test', () => {
  for (const { method, path, query, request } of allResources) {
    it(`${method} ${path}`, () => {
      const names = [...keysOf(query), ...keysOf(request)];
      const exceptions = neverSent[path] ?? [];
      expect(names).to.include.members([...exceptions]);
      const missing = untested(
        path,
        names.filter((name) => !exceptions.includes(name)),
      );
      const message = `test/client/*Requests.test.ts lack ${missing.join(', ')} of ${method} ${path}`;
      expect(missing, message).to.deep.equal([]);
    });
  }

  for (const { name, inputs } of Object.values(standardActions)) {
    it(`the action ${name}`, () => {
      const missing = untested(actionEndpoints.run.path.replace('{action}', name), Object.keys(inputs));
      expect(missing, `test/client/*Requests.test.ts lack ${missing.join(', ')} of ${name}`).to.deep.equal([]);
    });
  }

  it('finds keys in objects, lists, unions, optional and transformed shapes', () => {
    const inner = z.preprocess((given) => given, z.strictObject({ d: z.string().nullish() }));
    const shape = z.object({
      a: z.array(z.union([z.object({ b: z.string() }), z.looseObject({ c: inner })])).optional(),
    });
    expect([...keysOf(shape)]).to.deep.equal(['a', 'b', 'c', 'd']);
  });
});
