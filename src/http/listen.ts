import { once } from 'node:events';
import type { Server } from 'node:http';
import { StartupError } from '../errors.ts';

export type Address = {
  host: string;
  port: number;
  /** The variables that configure the host and the port, for error messages. */
  variables: { host: string; port: string };
};

/** Starts to listen, and returns the URL without a path. @throws StartupError that names the fix */
export async function listen(server: Server, { host, port, variables }: Address): Promise<string> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const fix = fixOf(code, variables);
    throw new StartupError(`Cannot listen on ${host}:${port} (${message}): ${fix}.`, { cause });
  }
  return urlOf(server, host);
}

function fixOf(code: string | undefined, { host, port }: Address['variables']): string {
  if (code === 'EADDRINUSE')
    return `stop what listens there, or set ${port} to another port (0: any free one)`;
  if (code === 'EACCES') return `set ${port} to a port above 1023`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `set ${host} to an address of this machine, such as 127.0.0.1 or 0.0.0.0`;
  return `set ${host} and ${port} to where it can listen`;
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : address;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
