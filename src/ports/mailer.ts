import type { TenantId } from '../events/ids.ts';
import type { SentVia } from './outside.ts';

/** An e-mail in plain text. @property key the same in each attempt */
export type Mail = {
  readonly tenant: TenantId;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly key: string;
};

/** Sends e-mail. */
export interface Mailer {
  /** @throws as `Messenger.send` */
  send(mail: Mail): Promise<SentVia>;
}
