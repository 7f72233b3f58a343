/** A single call with a key, such as `credit points`: what we know of it, so that it happens once. */
export interface KeyedCall {
  readonly key: string;
  /** The member that it concerns, so that it can be erased with the member. */
  readonly member?: string | undefined;
  readonly hash: string;
  /** The member has been erased, and with them what the call was: only its key is known. */
  readonly isErased?: boolean | undefined;
  readonly state: 'sent' | 'done' | 'refused';
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
  /** What the org said before the call, for calls that leave no trace of their key in the org. */
  readonly before: unknown;
  readonly answer: unknown;
}

export interface KeyedCalls {
  find(key: string): Promise<KeyedCall | undefined>;
  /**
   * Stores the intent to make a call, replacing what was `known` of its key. If somebody else has begun the call in the
   * meantime, stores nothing and returns false.
   */
  begin(call: KeyedCall, known: KeyedCall | undefined): Promise<boolean>;
  /** Stores what became of a call that was begun. */
  end(call: KeyedCall): Promise<void>;
}
