import { expect, it } from 'vitest';
import { isOutage } from '../../src/postgres/outage.ts';

const coded = (code: string, more = {}) => Object.assign(new Error('any'), { code, ...more });

it.each([
  ['a refused connection', new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')])],
  ['a missing socket file', coded('ENOENT', { syscall: 'connect' })],
  ['a server that shuts down', coded('57P01')],
  ['a server that starts up', coded('57P03')],
  ['a server without a connection left', coded('53300')],
  ['a server that only reads', coded('25006')],
  ['a cut connection', coded('08006')],
  ['a pool without a connection left', new Error('timeout exceeded when trying to connect')],
  ['a client cut in the middle', new Error('Connection terminated unexpectedly')],
  ["Prisma's word for it", coded('P1001')],
  [
    'what the driver adapter hides',
    coded('P2010', { meta: { driverAdapterError: { cause: { originalCode: '57P01' } } } }),
  ],
  [
    'what lies under another error',
    new Error('failed', { cause: new Error('worse', { cause: coded('EPIPE') }) }),
  ],
])('takes %s for an outage', (_, error) => {
  expect(isOutage(error)).toBe(true);
});

it.each([
  ['a missing table', coded('42P01')],
  ['a unique violation', coded('23505')],
  ['a missing file', coded('ENOENT', { syscall: 'open' })],
  ['a mistake in the code', new TypeError('x is not a function')],
  ['no error at all', undefined],
  ['an error that is its own cause', Object.assign(new Error('a'), { cause: null as unknown })],
])('takes %s for none', (_, error) => {
  if (error instanceof Error && error.cause === null) error.cause = error;
  expect(isOutage(error)).toBe(false);
});
