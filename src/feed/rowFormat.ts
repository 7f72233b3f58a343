import type { Mark } from '../base/rowBytes.js';
import type { SplitBytes } from './bytes/splitBytes.js';
import type { Mapping } from './mapping/mapping.js';
import type { FeedRow, FeedTable } from './mapping/rowMapper.js';

/** Turns chunks into rows. */
export interface RowReader<Row> {
  push(chunk: Uint8Array): Row[];
  end(): Row[];
}

/** The rows of a source from a place on, and what its columns are. */
export interface OpenTable<Row extends FeedRow> extends Pick<
  FeedTable<Row>,
  'columns' | 'isVoid' | 'json' | 'wholeText' | 'unit'
> {
  readonly rows: AsyncIterable<Row[]>;
  /** Whether the columns are all that a row can have. */
  readonly hasHeader: boolean;
}

/** What a format is given to read. */
export interface FormattedBytes {
  /** Name of the feed. */
  readonly feed: string;
  readonly mapping: Mapping;
  readonly bytes: SplitBytes;
  /** Where the wanted rows begin, and where the bytes are split; undefined for all rows. */
  readonly from: Mark | undefined;
}

/** A format of files: knows where its columns are named, and what a row is. */
export type RowFormat<Row extends FeedRow> = (source: FormattedBytes) => Promise<OpenTable<Row>>;

/** Rows of a reader that is fed from chunks. */
export async function* rowsOf<Row>(reader: RowReader<Row>, chunks: AsyncIterable<Uint8Array>): AsyncIterable<Row[]> {
  for await (const chunk of chunks) yield reader.push(chunk);
  yield reader.end();
}
