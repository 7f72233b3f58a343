import { OrgRefusal } from '../../orgRefusal.js';

/** The resource that a subrequest addresses. */
export interface Resource {
  /** 66 for `v66.0`. */
  readonly version: number;
  /** The path after the version, without slashes at the ends and without the query: `sobjects/Account`. */
  readonly path: string;
}

const form = /^\/services\/data\/v(\d\d)\.0\/([^?]+)/;

/** @throws {OrgRefusal} 400 INVALID_INPUT when the address does not begin with `/services/data/vNN.0/` */
export function resourceOf(url: string): Resource {
  const version = matched(url)?.[1];
  if (version === undefined) {
    throw new OrgRefusal(400, 'INVALID_INPUT', `The URL of a subrequest must start with /services/data/vXX.X/: ${url}`);
  }
  return { version: Number(version), path: pathOf(url) };
}

function pathOf(url: string): string {
  return matched(url)?.[2]?.replace(/\/$/, '') ?? '';
}

/** Some clients double slashes, which then count as one. */
function matched(url: string): RegExpExecArray | null {
  return form.exec(url.replace(/\/{2,}/g, '/'));
}

/** Whether the address belongs to sObject Collections. False for an invalid address. */
export function isCollection(url: string): boolean {
  return /^composite\/sobjects(?:\/|$)/.test(pathOf(url));
}

export function isQuery(url: string): boolean {
  return /^query(?:All)?(?:\/|$)/.test(pathOf(url));
}

/** Refusal of a resource that cannot be part of another request. */
export function notWithin(whole: string, url: string): OrgRefusal {
  return new OrgRefusal(400, 'INVALID_INPUT', `This resource cannot be executed within a ${whole} request: ${url}`);
}
