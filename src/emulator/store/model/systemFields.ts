import type { FieldDefinition } from '../../../contract/sobject.js';

/**
 * Fields that every object has without saying so. `OwnerId` is not among them: an object that has an owner says so in
 * its own definition, as on the platform, where a detail object has none.
 */
export const systemFields: Readonly<Record<string, FieldDefinition>> = {
  Id: { type: 'id', length: 18, idLookup: true },
  IsDeleted: { type: 'boolean' },
  CreatedDate: { type: 'datetime' },
  CreatedById: { type: 'reference', referenceTo: ['User'], relationshipName: 'CreatedBy' },
  LastModifiedDate: { type: 'datetime' },
  LastModifiedById: { type: 'reference', referenceTo: ['User'], relationshipName: 'LastModifiedBy' },
  SystemModstamp: { type: 'datetime' },
};
