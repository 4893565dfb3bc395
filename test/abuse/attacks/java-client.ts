import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ApiProcess } from '../api-process.ts';
import type { Attack } from '../attack.ts';
import { open } from '../greedy-client.ts';
import { SMALL } from '../raw-requests.ts';

const PROGRAM = fileURLToPath(new URL('../../support/HttpClientExample.java', import.meta.url));

/** Not an attack: a client that the service must not reject. */
export const javaClient: Attack = {
  name: 'Java client',
  tries: "the JDK's own HTTP client, which offers HTTP/2 by an upgrade with its first request",
  async run({ api }) {
    const origin = new URL(api.url).origin;
    const printed = await promisify(execFile)('java', [PROGRAM, origin], { timeout: 60_000 }).catch(
      (error) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      },
    );
    if (!printed) {
      await offerHttp2(api);
      return 'no JDK here: its bytes by hand';
    }
    const lines = printed.stdout.trim().split('\n');
    const isRight = lines.length === 3 && lines.every((line) => line.startsWith('200 HTTP_1_1 {'));
    if (!isRight) throw new Error(`it got ${printed.stdout}`);
    return 'by the JDK';
  },
};

/** The first request of java.net.http.HttpClient. */
async function offerHttp2(api: ApiProcess): Promise<void> {
  const socket = await open(api);
  socket.write(
    [
      'POST /graphql HTTP/1.1',
      'Connection: Upgrade, HTTP2-Settings',
      `Content-Length: ${SMALL.length}`,
      `Host: 127.0.0.1:${api.port}`,
      'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
      'Upgrade: h2c',
      'User-Agent: Java-http-client/21',
      'content-type: application/json',
      `\r\n${SMALL}`,
    ].join('\r\n'),
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  if (!String(answer).startsWith('HTTP/1.1 200 '))
    throw new Error(`it would get ${String(answer).slice(0, 200)}`);
}
