import { z } from 'zod';

/** Answer of `POST /services/oauth2/token`. It has no `expires_in`, so only a 401 shows that a token has expired. */
export const TokenResponse = z.object({
  access_token: z.string(),
  instance_url: z.string(),
  id: z.string().optional(),
  token_type: z.string().optional(),
  issued_at: z.string().optional(),
  refresh_token: z.string().optional(),
});
export type TokenResponse = z.infer<typeof TokenResponse>;
