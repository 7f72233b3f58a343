import { z } from 'zod';
import { endpoint } from '../endpoint.js';

const text = z.string().nullish();
/** Texts such as `100.0` in samples. */
const amount = z.union([z.string(), z.number()]).nullish();

/** A reward that a game can give. The guide calls the Id `rewardId`, the SDKs `gameRewardId`. */
const GameReward = z.looseObject({
  /** Of the segment on the wheel: hexadecimal, with or without `#`. */
  color: text,
  description: text,
  /** Only in the SDKs, like `rewardDefinitionId`. */
  expirationDate: text,
  gameRewardId: text,
  imageUrl: text,
  name: text,
  /** Of a currency or a voucher definition. */
  rewardDefinitionId: text,
  rewardId: text,
  /** `LoyaltyPoints`, `Voucher`, `NoReward`, `CustomReward` or `Raffle`. */
  rewardType: text,
  rewardValue: amount,
});
export type GameRewardAnswer = z.infer<typeof GameReward>;

/** A game that a participant may play once, or has played. */
const ParticipantGameReward = z.looseObject({
  expirationDate: text,
  gameParticipantRewardId: z.string(),
  /** Null, like the two references, until the game is played. */
  gameRewardId: text,
  /** Id of the transaction journal that credited the points, or of the voucher. */
  issuedRewardReference: text,
  /** Fixtures of the SDKs call it `sourceActivityId`. */
  sourceActivity: text,
  sourceActivityId: text,
  /** `YetToReward`, `Rewarded`, `NoReward` or `Expired`. */
  status: text,
});

const GameDefinition = z.looseObject({
  description: text,
  endDate: text,
  /** Only in the SDKs. */
  gameDefinitionId: text,
  gameRewards: z.array(GameReward).nullish(),
  name: text,
  participantGameRewards: z.array(ParticipantGameReward).nullish(),
  startDate: text,
  /** Seconds. */
  timeoutDuration: z.number().nullish(),
  /** `SpintheWheel` or `Scratchcard`. Fixtures write it with other capitals. */
  type: text,
});
export type GameAnswer = z.infer<typeof GameDefinition>;

const GamesList = z.looseObject({
  errorMessage: text,
  gameDefinitions: z.array(GameDefinition).nullish(),
  status: z.boolean(),
});
export type GamesListAnswer = z.infer<typeof GamesList>;

const PlayedReward = GameReward.extend({ issuedRewardReference: text });

const GameResult = z.looseObject({
  errorMessage: text,
  gameReward: z.array(PlayedReward).nullish(),
  /** What the page of the SDK calls `errorMessage`. */
  message: text,
  status: z.boolean(),
});
export type GameResultAnswer = z.infer<typeof GameResult>;

export const gameEndpoints = {
  /** The participant is a loyalty program member, a contact or an account. */
  ofParticipant: endpoint({
    method: 'GET',
    path: '/game/participant/{participantId}/games',
    since: 60,
    guide: 'Games List',
    query: z.object({ definitionId: z.string().optional(), gameParticipantRewardId: z.string().optional() }),
    response: GamesList,
  }),
  /** Draws the reward and issues it, although it is a GET. The guide spells the second segment in lower case. */
  play: endpoint({
    method: 'GET',
    path: '/game/gameParticipantReward/{gameParticipantRewardId}/game-reward',
    since: 60,
    guide: 'Game Result',
    response: GameResult,
  }),
};
