/** An HTTP answer as it arrived. Header names are lower case. */
export interface HttpAnswer {
  /** Host that was asked, with the port. Undefined for a part of an answer. */
  readonly host?: string;
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
