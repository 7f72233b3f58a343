import { action } from '../action.js';
import { flag, optional, textParameter, wholeNumber } from '../parameter.js';

/**
 * Guide: "Refresh Decision Table". Inputs and outputs have two spellings: an org describes the first (seen by a public
 * client on v67), and the guide prints the other. Names are taken in any case.
 */
export const refreshDecisionTable = action({
  name: 'refreshDecisionTable',
  label: 'Refresh Decision Table',
  since: 51,
  inputs: {
    DecisionTableApiName: textParameter,
    isDecisionTableIncremental: optional(flag),
    isIncremental: optional(flag),
    /** Only for tables with versions, which are uploaded as CSV. */
    VersionNumber: optional(wholeNumber),
  },
  outputs: {
    Status: optional(textParameter),
    ErrorMessage: optional(textParameter),
    status: optional(textParameter),
    errorMessage: optional(textParameter),
  },
});
