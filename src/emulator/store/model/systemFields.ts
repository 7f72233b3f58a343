import type { FieldDefinition } from '../../../contract/sobject.js';

/**
 * Fields that every object has without defining them. `OwnerId` is not one of them: as on the platform, a detail object
 * has no owner, so an object with an owner defines the field itself.
 */
export const systemFields: Readonly<Record<string, FieldDefinition>> = {
  Id: { type: 'id', length: 18, idLookup: true },
  IsDeleted: { type: 'boolean', label: 'Deleted' },
  CreatedDate: { type: 'datetime' },
  CreatedById: { type: 'reference', referenceTo: ['User'], relationshipName: 'CreatedBy' },
  LastModifiedDate: { type: 'datetime' },
  LastModifiedById: { type: 'reference', referenceTo: ['User'], relationshipName: 'LastModifiedBy' },
  SystemModstamp: { type: 'datetime' },
};
