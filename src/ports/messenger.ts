import type { TenantId } from '../events/ids.ts';
import type { SentVia } from './outside.ts';

/** An answer of a bot. @property key the same in each attempt */
export type ChatMessage = {
  readonly tenant: TenantId;
  readonly bot: string;
  readonly chatId: number;
  readonly text: string;
  readonly key: string;
};

/** Sends what a bot says. */
export interface Messenger {
  /** @throws OutsideRefused when whoever is asked says no; anything else thrown counts as unreachable */
  send(message: ChatMessage): Promise<SentVia>;
}
