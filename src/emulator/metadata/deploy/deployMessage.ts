import type { ComponentName } from '../components/metadataComponent.js';

/** What became of one component of a deploy, as the Metadata API answers it. */
export interface DeployMessage {
  readonly componentType: string;
  readonly fullName: string;
  /** Path in the zip file. */
  readonly fileName: string;
  readonly lineNumber?: number;
  readonly columnNumber?: number;
  /** Why it failed, or what is to be known. */
  readonly problem?: string;
  readonly problemType?: 'Error' | 'Warning';
  readonly id?: string;
  readonly success: boolean;
  readonly created: boolean;
  readonly changed: boolean;
  readonly deleted: boolean;
}

const untouched = { created: false, changed: false, deleted: false };

/** Where a component is in the zip file. */
export interface PackagePlace {
  readonly componentType: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly lineNumber?: number;
}

/** A failure or a warning, and the component that it is about. The message itself may name a file. */
export interface ComponentMessage {
  readonly name: ComponentName;
  readonly message: DeployMessage;
}

export function failureAt({ lineNumber, ...place }: PackagePlace, problem: string): DeployMessage {
  const line = lineNumber === undefined ? {} : { lineNumber, columnNumber: 1 };
  return { ...place, ...line, ...untouched, problem, problemType: 'Error', success: false };
}

export function successAt(
  { lineNumber: _line, ...place }: PackagePlace,
  what: Partial<Pick<DeployMessage, 'changed' | 'created' | 'deleted' | 'id'>> = {},
): DeployMessage {
  return { ...place, ...untouched, ...what, success: true };
}

/** A deploy that allows warnings counts it as a success. */
export function warningAt({ lineNumber: _line, ...place }: PackagePlace, problem: string): DeployMessage {
  return { ...place, ...untouched, problem, problemType: 'Warning', success: true };
}
