import { clubEndpoints } from '../../../contract/endpoints/clubEndpoints.js';
import { serve } from '../serve.js';
import { enrollInClub } from './enrollInClub.js';
import { clubProfile } from './clubProfile.js';
import { renewInClub } from './renewInClub.js';

const enroll = serve(
  clubEndpoints.enroll,
  (loyalty, { program, params, body: request, writing }) => {
    enrollInClub({ loyalty, writing, program, clubName: params.club, request });
    return { clubMembershipNumber: request.clubMembershipNumber, message: null, status: true };
  },
  { failure: (message) => ({ clubMembershipNumber: null, message, status: false }) },
);

const renew = serve(
  clubEndpoints.renew,
  (loyalty, { program, params, body: request, writing }) => ({
    ...renewInClub({ loyalty, writing, program, clubName: params.club, request }),
    message: null,
    status: true,
  }),
  { failure: (message) => ({ clubMembershipEndDate: null, clubMembershipNumber: null, message, status: false }) },
);

const profile = serve(clubEndpoints.profile, (loyalty, { query, writing: { store } }) =>
  clubProfile(loyalty, store, query),
);

export const clubHandlers = [enroll, renew, profile];
