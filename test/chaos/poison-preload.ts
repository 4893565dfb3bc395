import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

// Loaded into a worker before its own code (node --import): a call that carries the poison ends the process.
subscribe('http.client.request.created', (message) => {
  const { request } = message as { request: ClientRequest };
  const end = request.end.bind(request) as (...args: unknown[]) => ClientRequest;
  request.end = ((body: unknown, ...others: unknown[]) => {
    if (String(body).includes('"poison":true')) process.kill(process.pid, 'SIGKILL');
    return end(body, ...others);
  }) as ClientRequest['end'];
});
