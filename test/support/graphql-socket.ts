import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { TestApp } from './app.ts';

type Message = { type: string; id?: string; payload?: unknown };

/** A bare socket of graphql-transport-ws. `init` sends connection_init; `closed` resolves with its close code and reason. */
export function openGraphqlSocket(app: TestApp, headers: Record<string, string> = {}) {
  const socket = new WebSocket(app.socketUrl, 'graphql-transport-ws', { headers });
  const opened = once(socket, 'open');
  const closed = once(socket, 'close').then(([code, reason]) => [code, String(reason)] as const);
  const messages: Message[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data) => {
    messages.push(JSON.parse(String(data)));
    for (const wake of waiting) wake();
  });
  const send = (message: object) => socket.send(JSON.stringify(message));
  return {
    opened,
    closed,
    send,
    end: () => socket.close(),
    async init(payload?: object) {
      await opened;
      send({ type: 'connection_init', payload });
    },
    async until(type: string): Promise<Message> {
      for (;;) {
        const found = messages.findIndex((message) => message.type === type);
        if (found >= 0) return messages.splice(found, 1)[0]!;
        await new Promise<void>((wake) => {
          waiting.add(wake);
        });
      }
    },
  };
}
