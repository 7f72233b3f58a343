import { z } from 'zod';
import { keyedRecords } from './recordShapes.js';

export const CreditPointsResult = keyedRecords({ member: z.string(), points: z.number() });
export type CreditPointsResult = z.infer<typeof CreditPointsResult>;
