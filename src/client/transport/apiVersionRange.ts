/** Spring '26. Everything that this client calls exists in it. */
export const defaultApiVersion = '66.0';

/** Program processes came with it. */
export const oldestApiVersion = 56;

/** Summer '26: the newest version whose guides this client was written by. */
export const newestApiVersion = 67;
