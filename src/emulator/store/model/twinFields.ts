import type { FieldDefinition, SObjectDefinition } from '../../../contract/sobject.js';

/**
 * A team's own fields of the twin that is brought are fields of the object that brings it, too: `Contact.Shoe__c` is
 * `Account.Shoe__pc`. Those that the org counts up or computes are not.
 */
export function withTwinFields(definitions: readonly SObjectDefinition[]): SObjectDefinition[] {
  return definitions.map((definition) => {
    const { twin, fields } = definition;
    if (!twin) return definition;
    const brings = twin.backField !== undefined;
    const { here, there } = twin.ownFields;
    const brought = brings ? definitions.find(({ name }) => name === twin.object) : definition;
    const own = Object.entries(brought?.fields ?? {}).filter(isOwn);
    const added: Record<string, FieldDefinition> = {};
    const pairs: Record<string, string> = {};
    for (const [name, field] of own) {
      const other = name.replace(/__c$/, brings ? here : there);
      if (brings) added[other] = seenFromOutside(field);
      pairs[brings ? other : name] = brings ? name : other;
    }
    return {
      ...definition,
      fields: { ...fields, ...added },
      twin: { ...twin, fields: { ...twin.fields, ...pairs } },
    };
  });
}

function isOwn([name, { updateable }]: [string, FieldDefinition]): boolean {
  return name.endsWith('__c') && updateable === true;
}

/** A record without a twin has the field as well, so that it cannot be required. */
function seenFromOutside(field: FieldDefinition): FieldDefinition {
  const { relationshipName } = field;
  return {
    ...field,
    required: false,
    ...(relationshipName !== undefined && { relationshipName: relationshipName.replace(/__r$/, '__pr') }),
  };
}
