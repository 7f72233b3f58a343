import type { SObjectDefinition } from '../sobject.js';
import { permissionSet } from './permissionSet.js';
import { permissionSetAssignment } from './permissionSetAssignment.js';
import { permissionSetGroup } from './permissionSetGroup.js';
import { permissionSetLicense } from './permissionSetLicense.js';
import { permissionSetLicenseAssign } from './permissionSetLicenseAssign.js';

/** Objects that say what users may do. */
export const permissionObjects: readonly SObjectDefinition[] = [
  permissionSet,
  permissionSetAssignment,
  permissionSetGroup,
  permissionSetLicense,
  permissionSetLicenseAssign,
];
