import { Messages } from '@salesforce/core';
import { z } from 'zod';
import { readDecimal } from '../base/decimal.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.carts');

/** An amount in a JSON file: a number, or a text, which keeps decimals exact. */
export const amountValue = z
  .unknown()
  .refine(
    (value) => readDecimal(typeof value === 'number' || typeof value === 'string' ? String(value) : ''),
    messages.getMessage('hint.amount'),
  );

/** A date-time in a JSON file. @param missing what to do if there is none */
export const timeText = (missing = messages.getMessage('hint.time')) =>
  z.string(missing).refine((value) => !Number.isNaN(Date.parse(value)), messages.getMessage('hint.time'));
