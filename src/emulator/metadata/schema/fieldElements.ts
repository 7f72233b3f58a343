import { readXmlNode, textIn } from '../../../base/files/xmlNode.js';
import type { XmlNode } from '../../../base/files/xmlNode.js';
import { soleText } from '../components/metadataComponent.js';
import type { MetadataComponent } from '../components/metadataComponent.js';

/** Elements of a custom field (Metadata API Developer Guide, "CustomField", and older ones that orgs still take). */
const elements: ReadonlySet<string> = new Set(
  `businessOwner businessOwnerGroup businessOwnerUser businessStatus caseSensitive complianceGroup customDataType
   defaultValue deleteConstraint deprecated description displayFormat displayLocationInDecimal encrypted
   encryptionScheme escapeMarkup externalDeveloperName externalId fieldManageability formula formulaTreatBlanksAs
   fullName globalPicklist indexed inlineHelpText isAIPredictionField isConvertLeadDisabled isFilteringDisabled
   isNameField isSortingDisabled label length lookupFilter maskChar maskType metadataRelationshipControllingField
   mktDataLakeFieldAttributes mktDataModelFieldAttributes picklist populateExistingRows precision readOnlyProxy
   referenceTargetField referenceTo relationshipLabel relationshipName relationshipOrder reparentableMasterDetail
   required restrictedAdminField scale securityClassification startingNumber stripMarkup summarizedField
   summaryFilterItems summaryForeignKey summaryOperation trackFeedHistory trackHistory trackTrending translateData
   trueValueIndexed type unique valueSet visibleLines writeRequiresMasterRead`.split(/\s+/),
);

/** Types of custom fields (Metadata API Developer Guide, "FieldType"). The local org leaves some of them out. */
const types: ReadonlySet<string> = new Set(
  `Address Array AutoNumber Checkbox Currency CustomDataType Date DateTime Email EncryptedText ExternalLookup File
   Hierarchy Html IndirectLookup Location LongTextArea Lookup MasterDetail MetadataRelationship MultiselectPicklist
   Number Percent Phone Picklist Summary Text TextArea Time Url`.split(/\s+/),
);

/** Returns what is wrong with the elements of a custom field of any object. The texts are those of an org. */
export function problemOfElements({ type, fullName, files }: MetadataComponent): string | undefined {
  const isOwn = type === 'CustomField' && fullName.endsWith('__c');
  return isOwn ? problemOfField(readXmlNode(soleText({ files }))) : undefined;
}

function problemOfField(field: XmlNode): string | undefined {
  const seen = new Set<string>();
  for (const { name } of field.children) {
    if (!elements.has(name)) return `Element ${name} invalid at this location in type CustomField`;
    if (seen.has(name) && name !== 'summaryFilterItems') {
      return `Element ${name} is duplicated at this location in type CustomField`;
    }
    seen.add(name);
  }
  const type = textIn(field, 'type');
  if (type !== undefined && !types.has(type)) return `'${type}' is not a valid value for the enum 'FieldType'`;
  return (textIn(field, 'label') ?? '') === '' ? 'Required field is missing: label' : undefined;
}
