import type { DocumentedResource } from './documentedResource.js';

const object = '/sobjects/:object';

/**
 * Resources below an object whose paths would otherwise be read as a record's key. Other resources are in
 * `platformFamilies.ts`.
 */
export const platformResources: readonly DocumentedResource[] = [
  ...gets('approval layouts', [`${object}/describe/approvalLayouts/:process`]),
  ...gets('quick actions', [
    `${object}/quickActions`,
    `${object}/quickActions/:action`,
    `${object}/quickActions/:action/describe`,
    `${object}/quickActions/:action/defaultValues`,
    `${object}/quickActions/:action/defaultValues/:record`,
  ]),
  { method: 'POST', path: `${object}/quickActions/:action`, what: 'quick actions' },
  ...gets('event schemas', [`${object}/eventSchema`]),
  ...gets('relevant items', ['/sobjects/relevantItems']),
  ...gets('passwords', ['/sobjects/User/:id/password']),
  { method: 'POST', path: '/sobjects/User/:id/password', what: 'passwords' },
  { method: 'DELETE', path: '/sobjects/User/:id/password', what: 'passwords' },
  ...gets('images in rich text', [`${object}/:id/richTextImageFields/:field/:image`]),
];

function gets(what: string, paths: readonly string[]): DocumentedResource[] {
  return paths.map((path) => ({ method: 'GET', path, what }));
}
