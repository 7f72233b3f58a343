import { z } from 'zod';
import { countsOf, listed, RecordError } from './recordShapes.js';

const text = z.string().nullable();

const RewardRecord = z.object({
  name: text,
  /** As in the org: `LoyaltyPoints`, `Voucher`, `NoReward`, `CustomReward` or `Raffle`. */
  type: text,
  /** Number of points, or value of the voucher. */
  value: z.number().nullable(),
});
export type RewardRecord = z.infer<typeof RewardRecord>;

const ofGame = {
  /** Membership number. */
  member: z.string(),
  game: text,
  gameId: text,
  /** Null until the game has been played. */
  reward: RewardRecord.nullable(),
  /** Id of the journal that credited the points, or of the voucher. */
  issuedReferenceId: text,
};

const GameRecord = z.object({
  /** Id of the GameParticipantReward: one play of the game. That of the game, if the member has no play of it. */
  key: z.string(),
  /** As in the org: `YetToReward`, `Rewarded`, `NoReward` or `Expired`. Null without a play. */
  status: text,
  ...ofGame,
  /** As in the org: `SpintheWheel` or `Scratchcard`. */
  type: text,
  description: text,
  startDate: text,
  endDate: text,
  /** Until when it can be played. */
  expirationDate: text,
  sourceActivityId: text,
  /** What the game can give. */
  possibleRewards: z.array(RewardRecord),
});
export type GameRecord = z.infer<typeof GameRecord>;

export const ListGamesResult = listed(GameRecord);
export type ListGamesResult = z.infer<typeof ListGamesResult>;

/** `known`: it had been played before, and nothing was sent. */
export const playStatuses = ['played', 'known', 'refused'] as const;

const PlayRecord = z.object({
  /** Id of the GameParticipantReward. */
  key: z.string(),
  status: z.enum(playStatuses),
  ...ofGame,
  error: RecordError.optional(),
});
export type PlayRecord = z.infer<typeof PlayRecord>;

export const PlayGameResult = z.object({
  program: z.string(),
  records: z.array(PlayRecord),
  counts: countsOf(playStatuses),
});
export type PlayGameResult = z.infer<typeof PlayGameResult>;
