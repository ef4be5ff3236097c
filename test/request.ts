import { request } from 'node:http';

/** An answer as it came: nothing in between follows, unzips or renames anything. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** The body, parsed; undefined where it is not JSON. */
  readonly json: unknown;
}

export type Headers = Readonly<Record<string, string>>;

export interface Asking {
  readonly method?: string;
  readonly headers?: Headers;
  /** Text and bytes are sent as they are; anything else as JSON, with its type. */
  readonly body?: unknown;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Sends one request on a connection of its own. The path is sent as it is written. */
export function send(
  url: string,
  path: string,
  { method = 'GET', headers = {}, body }: Asking = {},
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const isRaw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  const bytes = body === undefined ? undefined : Buffer.from(isRaw ? (body as string) : JSON.stringify(body));
  const own: Headers = {
    ...(bytes && !headers['Transfer-Encoding'] ? { 'Content-Length': String(bytes.length) } : {}),
    ...(isRaw ? {} : { 'Content-Type': 'application/json' }),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const options = {
      host: hostname.replace(/^\[|\]$/g, ''),
      port,
      path,
      method,
      headers: own,
      agent: false,
    };
    const sent = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const { statusCode = 0, headers } = response;
        const plain = Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]);
        resolve({ status: statusCode, headers: Object.fromEntries(plain), body: text, json: parsed(text) });
      });
    });
    sent.on('error', reject);
    sent.end(bytes);
  });
}

/** The verbs against one URL. */
export function client(url: string) {
  const verb = (method: string) => (path: string, body?: unknown, headers?: Headers) =>
    send(url, path, { method, ...(body === undefined ? {} : { body }), ...(headers ? { headers } : {}) });
  return {
    send: (path: string, asking?: Asking) => send(url, path, asking),
    get: (path: string, headers?: Headers) => verb('GET')(path, undefined, headers),
    del: (path: string, headers?: Headers) => verb('DELETE')(path, undefined, headers),
    post: verb('POST'),
    put: verb('PUT'),
    patch: verb('PATCH'),
  };
}
