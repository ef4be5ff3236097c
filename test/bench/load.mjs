import { connect } from 'node:net';

/** The bytes of a request on a connection that stays open. */
export function requestBytes(port, method, path, body) {
  const head = [`${method} ${path} HTTP/1.1`, `Host: localhost:${port}`, 'Connection: keep-alive'];
  if (body !== undefined)
    head.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`);
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body ?? ''}`);
}

/** How long the first answer in a chunk is, and what it says; undefined until it is whole. */
function readAnswer(chunk) {
  const end = chunk.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const head = chunk.toString('latin1', 0, end);
  const length = /^content-length: (\d+)$/im.exec(head);
  const status = Number(head.slice(9, 12));
  if (!length && status === 204) return { status, body: '', size: end + 4 };
  if (!length) throw new Error(`an answer without Content-Length:\n${head}`);
  const size = end + 4 + Number(length[1]);
  if (chunk.length < size) return undefined;
  return { status, body: chunk.toString('utf8', end + 4, size), size };
}

/**
 * Plain sockets, a request at a time on each: a client that costs little, so that the server is what is measured.
 * `one()` sends a request and gives its answer.
 */
export async function openConnection(port) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  let waiting;
  let parts = [];
  socket.on('data', (part) => {
    parts.push(part);
    const chunk = parts.length === 1 ? part : Buffer.concat(parts);
    parts = [chunk];
    const answer = readAnswer(chunk);
    if (!answer) return;
    parts = answer.size < chunk.length ? [chunk.subarray(answer.size)] : [];
    waiting(answer);
  });
  return {
    one: (bytes) =>
      new Promise((resolve) => {
        waiting = resolve;
        socket.write(bytes);
      }),
    close: () => socket.destroy(),
  };
}

/** Requests a second, over some connections at once, for some time. */
export async function load(port, bytes, status, { connections = 16, ms = 1000 } = {}) {
  const open = await Promise.all(Array.from({ length: connections }, () => openConnection(port)));
  const start = performance.now();
  let answered = 0;
  await Promise.all(
    open.map(async (connection) => {
      while (performance.now() - start < ms) {
        const answer = await connection.one(bytes);
        if (answer.status !== status) throw new Error(`expected ${status}, got ${answer.status}`);
        answered++;
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  for (const connection of open) connection.close();
  return answered / seconds;
}
