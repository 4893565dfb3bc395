import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export type HttpClient = {
  /** The body of the answer. @throws unless it is a 200 */
  post(body: string): Promise<string>;
  close(): void;
};

/**
 * One keep-alive connection that sends a request at a time. Made for this alone, because a full client takes more of the
 * machine than the services that are measured.
 */
export async function openHttpClient(url: string): Promise<HttpClient> {
  const { hostname, port, pathname } = new URL(url);
  const head = `POST ${pathname} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: application/json\r\naccept: application/json\r\ncontent-length: `;
  let socket = await open();
  let nextAnswer = readAnswers(socket);

  async function open(): Promise<Socket> {
    const opened = connect(Number(port), hostname).setNoDelay();
    await once(opened, 'connect');
    return opened;
  }

  return {
    async post(body) {
      // A server closes a connection that was idle for some seconds.
      if (socket.closed || socket.readableEnded) {
        socket = await open();
        nextAnswer = readAnswers(socket);
      }
      socket.write(`${head}${Buffer.byteLength(body)}\r\n\r\n${body}`);
      const { status, text } = await nextAnswer();
      if (status !== 200) throw new Error(`HTTP status ${status}: ${text.slice(0, 500)}`);
      return text;
    },
    close: () => socket.destroy(),
  };
}

type Answer = { status: number; text: string };

function readAnswers(socket: Socket): () => Promise<Answer> {
  let received: Buffer = Buffer.alloc(0);
  let waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const text = wholeAnswer(received);
    if (text === undefined) return;
    const answer = { status: Number(received.toString('latin1', 9, 12)), text };
    received = Buffer.alloc(0);
    waiting?.resolve(answer);
  });
  socket.on('error', (error) => waiting?.reject(error));
  socket.on('close', () => waiting?.reject(new Error('the connection was closed')));
  return () =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject };
    });
}

/** The body, once it is there: by its length, or in one chunk or more. */
function wholeAnswer(received: Buffer): string | undefined {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = received.toString('latin1', 0, headEnd);
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  const start = headEnd + 4;
  if (length !== undefined)
    return received.length >= start + Number(length) ? received.toString('utf8', start) : undefined;
  const isLast =
    received.length >= start + 5 && received.toString('latin1', received.length - 5) === '0\r\n\r\n';
  return isLast ? received.toString('utf8', start) : undefined;
}
