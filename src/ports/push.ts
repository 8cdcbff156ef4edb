import type { PlayerId, TenantId } from '../events/ids.ts';
import type { SentVia } from './outside.ts';

/** A notification for a player's devices. @property key the same in each attempt: the gateway sends it once */
export type PushMessage = {
  readonly tenant: TenantId;
  readonly playerId: PlayerId;
  readonly title: string;
  readonly content: string;
  readonly expiresAt: string;
  readonly key: string;
};

/** Reaches a player's devices; knows them itself. */
export interface PushSender {
  /** @throws as `Messenger.send` */
  push(message: PushMessage): Promise<SentVia>;
}
