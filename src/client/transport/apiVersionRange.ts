/** Spring '26. It has everything that this client calls. */
export const defaultApiVersion = '66.0';

/** The first version with program processes. */
export const oldestApiVersion = 56;

/** Summer '26: the newest version whose guides were read for this client. */
export const newestApiVersion = 67;
