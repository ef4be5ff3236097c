import type { IncomingMessage } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { serve } from '../serve.ts';
import { chunked, open, statusesIn, talk } from '../socket.ts';

const sources = () => ({ things: [{ id: 1, name: 'first' }] });

const head = (start: string, ...headers: readonly string[]) =>
  `${[`${start} HTTP/1.1`, 'Host: localhost', ...headers].join('\r\n')}\r\n\r\n`;
const sized = (start: string, body: string | Uint8Array, ...headers: readonly string[]) =>
  Buffer.concat([
    Buffer.from(head(start, ...headers, `Content-Length: ${Buffer.from(body).length}`)),
    Buffer.from(body),
  ]);
const inPieces = (start: string, body: string | Uint8Array, ...headers: readonly string[]) =>
  Buffer.concat([Buffer.from(head(start, ...headers, 'Transfer-Encoding: chunked')), chunked(body)]);

const json = 'Content-Type: application/json';
const big = (size: number) => JSON.stringify({ text: 'x'.repeat(size) });
/** Text that does not get smaller, so that much is left when its unzipping stops. */
const noise = Buffer.from(Array.from({ length: 2_000_000 }, (_, i) => (i * 7919 * (i % 251)) & 255));

const refused: [sentence: string, request: Buffer, status: number][] = [
  ['too large, in pieces', inPieces('POST /things', big(3_000_000), json), 413],
  ['too large, by its length', sized('POST /things', big(3_000_000), json), 413],
  [
    'too large once it is unzipped',
    inPieces('POST /things', gzipSync(big(9_000_000)), json, 'Content-Encoding: gzip'),
    413,
  ],
  [
    'zipped, much of it, and too large',
    inPieces('POST /things', gzipSync(noise), json, 'Content-Encoding: gzip'),
    413,
  ],
  ['no gzip at all', inPieces('POST /things', noise, json, 'Content-Encoding: gzip'), 400],
  ['no brotli at all', inPieces('POST /things', noise, json, 'Content-Encoding: br'), 400],
  [
    'brotli that goes wrong',
    sized(
      'POST /things',
      Buffer.concat([brotliCompressSync('{}').subarray(0, 3), noise]),
      json,
      'Content-Encoding: br',
    ),
    400,
  ],
  ['in an encoding nobody knows', inPieces('POST /things', noise, json, 'Content-Encoding: rot13'), 415],
  ['of a type that is not taken', inPieces('POST /things', noise, 'Content-Type: image/png'), 415],
  ['sent where there is nothing', inPieces('POST /nothing', noise, json), 404],
  ['sent where the verb is not there', inPieces('PUT /things', noise, json), 405],
  [
    'sent to another host',
    Buffer.from(
      inPieces('POST /things', noise, json).toString('latin1').replace('localhost', 'elsewhere'),
      'latin1',
    ),
    403,
  ],
];

describe('after a body that was refused, the next request on its connection is answered', () => {
  test.each(refused)('%s', async (_sentence, request, status) => {
    const { url, get, lines } = await serve({ sources: sources() });
    const answers = await talk(url, request, head('GET /things/1', 'Connection: close'));
    expect(statusesIn(answers)).toEqual([status, 200]);
    expect(answers).toMatch(/\{"id":1,"name":"first"\}$/);
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
    expect((await get('/things')).json).toHaveLength(1);
  });

  test.each(['json-server', 'json-server-1', 'django', 'fastapi'])('by %s too', async (dialect) => {
    const { url, lines } = await serve({ sources: sources(), dialect, writes: 'memory', bodyLimit: '1mb' });
    const end = dialect === 'django' ? '/' : '';
    const request = inPieces(`POST /things${end}`, big(3_000_000), json);
    const answers = await talk(url, request, head(`GET /things/1${end}`, 'Connection: close'));
    expect(statusesIn(answers)).toEqual([413, 200]);
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('a body without an end', () => {
  const endless: [sentence: string, start: string, status: number][] = [
    ['that is too large', 'POST /things', 413],
    ['that nobody reads', 'POST /nothing', 404],
  ];
  test.each(endless)('%s is answered and cut off', async (_sentence, start, status) => {
    const { url } = await serve({ sources: sources() });
    const socket = open(url);
    let text = '';
    socket.setEncoding('latin1').on('data', (piece: string) => {
      text += piece;
    });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(head(start, json, 'Transfer-Encoding: chunked'));
    const piece = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    let sent = 0;
    const feed = () => {
      while (socket.writable && socket.write(piece)) sent += piece.length;
    };
    socket.on('drain', feed);
    feed();
    await closed;
    expect(statusesIn(text)).toEqual([status]);
    // 16 MB, and what the two ends of a connection hold on their own.
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  test('is cut off when nothing more comes', async () => {
    const { url } = await serve({ sources: sources() });
    const request = head('POST /things', json, `Content-Length: ${3_000_000}`);
    expect(statusesIn(await talk(url, request, big(1000)))).toEqual([413]);
  });
});

describe('a client that leaves in the middle of its body', () => {
  const begin = (encoding: string) => [
    head('POST /things', json, 'Content-Length: 1000', `Content-Encoding: ${encoding}`),
    encoding === 'gzip' ? gzipSync('{"name":"new"}').subarray(0, 14) : '{"name":',
  ];
  const encodings = ['identity', 'gzip', 'br'];

  test.each(encodings)('%s: is no fault of ours, and nothing is stored', async (encoding) => {
    const { url, get, lines, says } = await serve({ sources: sources() });
    const socket = open(url);
    for (const piece of begin(encoding)) socket.write(piece);
    // Answered after it came, so that its body has begun to be read.
    expect((await get('/things')).json).toHaveLength(1);
    socket.destroy();
    expect((await says(/^POST \/things 400/)).level).toBe('info');
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
    expect((await get('/things')).json).toHaveLength(1);
  });

  test.each(encodings)('%s: nor when it left before anybody read it', async (encoding) => {
    const waits = async ({ req }: { req: IncomingMessage }, next: () => Promise<unknown>) => {
      if (req.method === 'POST') {
        const gone = new Promise((resolve) => req.once('close', resolve));
        socket.destroy();
        await gone;
      }
      return next();
    };
    const { url, lines, says } = await serve({ sources: sources(), middleware: [waits] });
    const socket = open(url);
    for (const piece of begin(encoding)) socket.write(piece);
    expect((await says(/^POST \/things 400/)).level).toBe('info');
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
