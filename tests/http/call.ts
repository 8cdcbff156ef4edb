import { Agent, type IncomingMessage, request } from 'node:http';

/** An answer, its body parsed where it is JSON. */
export type Reply = {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: each test says what it expects of it
  body: any;
};

export type CallOptions = {
  method?: string;
  token?: string;
  key?: string;
  headers?: Record<string, string>;
  body?: unknown;
};

const agent = new Agent({ keepAlive: true });

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at]!, rawHeaders[at + 1]!);
  return headers;
}

/** One request, redirects not followed; with `fetch` most of the time of a test of many requests would be its own. */
export function call(origin: string, path: string, options: CallOptions = {}): Promise<Reply> {
  const { token, key, body } = options;
  const sent = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const headers = {
    ...(sent === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': `${Buffer.byteLength(sent)}` }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
    ...options.headers,
  };
  const method = options.method ?? (body === undefined ? 'GET' : 'POST');
  return new Promise((resolve, reject) => {
    const asking = request(new URL(path, origin), { method, headers, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.once('error', reject);
      response.once('end', () => {
        const answered = headersOf(response);
        const isJson = answered.get('content-type')?.startsWith('application/json') ?? false;
        const status = response.statusCode ?? 0;
        resolve({ status, headers: answered, text, body: isJson && text !== '' ? JSON.parse(text) : null });
      });
    });
    asking.once('error', reject);
    asking.end(sent);
  });
}
