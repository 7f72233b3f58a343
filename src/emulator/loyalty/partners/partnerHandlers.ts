import { isInPeriod } from '../../../base/dayPeriod.js';
import { definedValues } from '../../../base/definedValues.js';
import { partnerEndpoints } from '../../../contract/endpoints/partnerEndpoints.js';
import type { PartnerUnlinkRequest } from '../../../contract/endpoints/partnerEndpoints.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { serve } from '../serve.js';
import { linkedParties, nowIn } from './linkedParties.js';
import { textOrNull } from '../rowValues.js';
import { ProcessFailure } from '../processFailure.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';

const link = serve(
  partnerEndpoints.link,
  (loyalty, { program, params, body: request, writing }) => {
    const { store, userId } = writing;
    const { member, partner } = linkedParties(loyalty, store, { ...params, program });
    requireLinkable(loyalty, partner);
    const { externalId, additionalAttributes } = request;
    requireNewLink(store, { member, partner, externalId });
    const own = {
      LoyaltyProgramMemberId: member.Id,
      LoyaltyProgramPartnerId: partner.Id,
      IsActive: true,
      LinkDate: nowIn(loyalty),
    };
    const values = { ...additionalAttributes, ...own, ...definedValues({ ExternalIdentifier: externalId }) };
    const id = store.insert('LoyaltyPgmMbrLinkedPtnr', values, { userId });
    return { linkNumber: textOrNull(store.get('LoyaltyPgmMbrLinkedPtnr', id), 'Name'), message: null, status: true };
  },
  { isBodyOptional: true, failure: (message) => ({ linkNumber: null, message, status: false }) },
);

const unlink = serve(
  partnerEndpoints.unlink,
  (loyalty, { program, params, body: request, writing: { store, userId } }) => {
    const parties = linkedParties(loyalty, store, { ...params, program });
    const row = onlyLink(store, parties, request);
    const ended = {
      IsActive: false,
      UnlinkDate: nowIn(loyalty),
      UnlinkReasonType: request.unlinkReasonType,
      Comments: request.comments,
    };
    store.update('LoyaltyPgmMbrLinkedPtnr', row.Id, definedValues(ended), { userId });
    return { message: null, status: true };
  },
  { isBodyOptional: true, failure: (message) => ({ message, status: false }) },
);

export const partnerHandlers = [link, unlink];

interface Parties {
  readonly member: SObjectRow;
  readonly partner: SObjectRow;
}

/** By the fields of the partner (inferred). @throws {ProcessFailure} */
function requireLinkable({ today }: LoyaltyOrg, partner: SObjectRow): void {
  const name = String(partner['Name']);
  const status = textOrNull(partner, 'PartnerStatus');
  if (status !== 'Active') throw new ProcessFailure(`The partner ${name} is ${status ?? 'without status'}.`);
  if (partner['IsMemberLinkingAllowed'] !== true) {
    throw new ProcessFailure(`The partner ${name} does not allow links to members.`);
  }
  const day = (field: string): string | null => textOrNull(partner, field)?.slice(0, 10) ?? null;
  const isOpen =
    isInPeriod(today(), day('MemberLinkingEffStartDate'), day('MemberLinkingEffEndDate')) &&
    isInPeriod(today(), day('PartnershipStartDate'), day('PartnershipEndDate'));
  if (!isOpen) throw new ProcessFailure(`Members cannot be linked to the partner ${name} today.`);
}

function activeLinks(store: Store, { member, partner }: Parties): SObjectRow[] {
  const parents = { LoyaltyProgramMemberId: member.Id, LoyaltyProgramPartnerId: partner.Id };
  return store.find('LoyaltyPgmMbrLinkedPtnr', { ...parents, IsActive: true });
}

/** A member may have several numbers at a partner, but each once (inferred). @throws {ProcessFailure} */
function requireNewLink(
  store: Store,
  { externalId, ...parties }: Parties & { readonly externalId: string | undefined },
): void {
  const same = activeLinks(store, parties).find(
    (row) => textOrNull(row, 'ExternalIdentifier') === (externalId ?? null),
  );
  if (same) throw new ProcessFailure(`The member is linked to the partner already, by ${String(same['Name'])}.`);
}

/** Guide: the org asks for more if member and partner do not single out one link. @throws {ProcessFailure} */
function onlyLink(store: Store, parties: Parties, { linkNumber, externalId }: PartnerUnlinkRequest): SObjectRow {
  const [only, ...others] = activeLinks(store, parties)
    .filter((row) => linkNumber === undefined || row['Name'] === linkNumber)
    .filter((row) => externalId === undefined || row['ExternalIdentifier'] === externalId);
  if (!only) throw new ProcessFailure('The member has no such active link to the partner.');
  if (others.length === 0) return only;
  throw new ProcessFailure('The member has several links to the partner: give linkNumber or externalId.');
}
