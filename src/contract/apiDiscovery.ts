import { z } from 'zod';

/** Answer of `GET /services/data`, oldest version first. */
export const VersionList = z.array(z.object({ version: z.string() }));

/** The part of `GET /services/data/vNN.0` that we read. */
export const ResourceMap = z.looseObject({
  /** `https://…/id/<org Id>/<user Id>` */
  identity: z.string().optional(),
});
