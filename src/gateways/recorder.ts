import type { ChatMessage, Messenger } from '../ports/messenger.ts';
import type { PushMessage, PushSender } from '../ports/push.ts';

export type Recorded = ({ readonly channel: 'chat' } & ChatMessage) | ({ readonly channel: 'push' } & PushMessage);

const kept = 1_000;

/** Stands in for gateways that are not configured: nothing leaves the house, and that is told and recorded each time.
 *  @property recorded the last 1,000, oldest first
 *  @param onRecorded  called for each; is given nothing of what it says */
export type Recorder = {
  readonly messenger: Messenger;
  readonly push: PushSender;
  recorded(): readonly Recorded[];
};

export function createRecorder(onRecorded: (channel: Recorded['channel'], key: string) => void): Recorder {
  const recorded: Recorded[] = [];
  const record = async (message: Recorded) => {
    recorded.push(message);
    if (recorded.length > kept) recorded.shift();
    onRecorded(message.channel, message.key);
    return 'recorder' as const;
  };
  return {
    messenger: { send: (message) => record({ channel: 'chat', ...message }) },
    push: { push: (message) => record({ channel: 'push', ...message }) },
    recorded: () => recorded,
  };
}
