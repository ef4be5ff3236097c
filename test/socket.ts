import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection written byte by byte: no client adds a header, parts a body or gives up on its own. */
export function open(url: string): Socket {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
  // A server that closes on us is what such tests ask about.
  socket.on('error', () => {});
  return socket;
}

/** Everything that comes back for some bytes, once the server has closed the connection. */
export async function talk(url: string, ...pieces: readonly (string | Uint8Array)[]): Promise<string> {
  const socket = open(url);
  let text = '';
  socket.setEncoding('latin1').on('data', (piece: string) => {
    text += piece;
  });
  for (const piece of pieces) socket.write(piece);
  await once(socket, 'close');
  return text;
}

/** The statuses of the answers in a text, in their order. */
export const statusesIn = (text: string): number[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

export const chunked = (bytes: string | Uint8Array): Buffer => {
  const body = Buffer.from(bytes);
  return Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]);
};
