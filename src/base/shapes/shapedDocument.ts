import type { z } from 'zod';
import { DocumentError } from '../files/documentError.js';
import { DocumentText } from '../files/documentText.js';
import { pathText } from './pathText.js';
import { shapeIssues } from './shapeIssues.js';

/** A mistake in a document that a person has written. Lines begin with 1. */
export interface DocumentIssue {
  readonly line: number;
  /** A clause without a full stop that begins with where it is. */
  readonly message: string;
}

/** A YAML or JSON document, and its mistakes. */
export interface ShapedDocument {
  /** Undefined if the text is not a document at all. */
  readonly document?: DocumentText;
  readonly value?: unknown;
  readonly issues: readonly DocumentIssue[];
}

/** Compares the text of a document with the shape that it should have. */
export function shapedDocument(text: string, shape: z.ZodType): ShapedDocument {
  try {
    const document = new DocumentText(text);
    const value = document.value();
    const { error } = shape.safeParse(value);
    const issues = [...shapeIssues(error?.issues ?? [], value, shape)].map(({ path, message }) => ({
      line: document.place(path).line,
      message: `${pathText(path) || 'the file'}: ${message}`,
    }));
    return { document, value, issues };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return { issues: [{ line: error.line, message: error.message }] };
  }
}
