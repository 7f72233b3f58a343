/** An HTTP answer as it arrived. Header names are lower case. */
export interface HttpAnswer {
  /** Who was asked, with the port; undefined for a part of an answer. */
  readonly host?: string;
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
