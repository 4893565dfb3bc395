import { subscribe } from 'node:diagnostics_channel';

// Loaded into a worker before its own code (node --import): a call that carries the poison ends the process.
subscribe('undici:request:create', (message) => {
  const { request } = message as { request: { body: unknown } };
  if (String(request.body).includes('"poison":true')) process.kill(process.pid, 'SIGKILL');
});
