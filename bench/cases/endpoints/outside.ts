import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { idToken, type TestKey, testKey } from '../../../tests/support/provider.ts';

/** Everything outside that the server calls: it takes mail, push messages and answers of bots, and publishes the keys of a provider.
 *  @property codes that were mailed, by the first word of the subject and the address */
export type Outside = {
  readonly url: string;
  readonly codes: Map<string, string>;
  readonly idToken: (subject: string) => string;
  close(): void;
};

type Mail = { readonly to: string; readonly subject: string; readonly text: string };

/** Chats and players whose messages never arrive, so that there is something to be tried again. */
const refuses = (path: string, body: Record<string, unknown>): boolean =>
  path.endsWith('/sendMessage') ? Number(body['chat_id']) % 20 === 0 : path === '/push' && Math.random() < 0.2;

export async function startOutside(): Promise<Outside> {
  const codes = new Map<string, string>();
  const key: TestKey = testKey('ES256');
  const server: Server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const path = request.url ?? '';
    response.setHeader('content-type', 'application/json');
    if (path === '/keys') return void response.end(JSON.stringify({ keys: [key.jwk] }));
    const body = JSON.parse(text) as Record<string, unknown>;
    if (path === '/mail') {
      const { to, subject, text: content } = body as unknown as Mail;
      const code = /^Your code: (\S+)$/m.exec(content)?.[1];
      if (code !== undefined) codes.set(`${subject.split(' ')[0]} ${to}`, code);
    }
    response.writeHead(refuses(path, body) ? 403 : 200).end('{"ok":true}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    codes,
    idToken: (subject) => idToken(key, { sub: subject }),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
