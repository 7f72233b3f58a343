// Written by `npm run business-objects`. Corrections belong into the definition that reads it.
export const recordTypeTable = `
BusinessProcessId reference cu to BusinessProcess
Description string(255) cu
DeveloperName string(80) cu required "Record Type Name"
IsActive boolean cu default=true "Active"
IsPersonType boolean -
Name string(80) cu required
NamespacePrefix string(15) -
SobjectType picklist(40) c required "SObject Type Name"
`;
