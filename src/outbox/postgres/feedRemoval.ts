/**
 * Stored as the refusal while a file that was read is removed part by part. So builds that remove files in another way
 * do not read what is left of it.
 */
export const removal = 'All of its rows are in the outbox. It is being removed.';
