import type { ExampleOrg } from './exampleProgram.js';

const ended = ['Completed', 'CompletedWithFailures', 'Failed', 'Canceled'];

/** Waits for the end of a job, and returns its status. */
export async function endOfJob(org: ExampleOrg, id: string): Promise<string> {
  for (;;) {
    const [job] = await org.rows(`SELECT Status FROM BatchJob WHERE Id = '${id}'`);
    const status = String(job?.['Status']);
    if (ended.includes(status)) return status;
  }
}
