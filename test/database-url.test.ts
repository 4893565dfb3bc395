import pg from 'pg';
import { expect, test } from 'vitest';
import { loadConfig } from '../src/config/config.ts';
import { hostsOf, urlForPg } from '../src/config/database-url.ts';

/** The values that pg connects with, and the servers if there are several. */
function read(url: string) {
  const parsed = new URL(loadConfig({ DATABASE_URL: url }).databaseUrl!);
  const { user, password, host, port, database, ssl } = new pg.Client({
    connectionString: urlForPg(parsed).href,
  }) as pg.Client & { ssl: unknown };
  return { user, password, host, port, database, ssl, hosts: hostsOf(parsed) };
}

const HOSTS = [
  { host: 'h1', port: 5432 },
  { host: 'h2', port: 5433 },
];

test.each([
  ['postgresql://u:p@h1/db', { user: 'u', password: 'p', host: 'h1', port: 5432, database: 'db', hosts: [] }],
  ['postgres://h1:6432/db', { host: 'h1', port: 6432 }],
  ['postgresql://u:p%40ss%3Aw%2Frd%23%3F@h1/db', { password: 'p@ss:w/rd#?', host: 'h1' }],
  ['postgresql:///db?host=/var/run/postgresql', { host: '/var/run/postgresql', port: 5432, database: 'db' }],
  ['postgresql://u:p@/db?host=/sock', { user: 'u', password: 'p', host: '/sock', database: 'db' }],
  ['postgresql://u@/db?host=/sock&port=6000', { user: 'u', host: '/sock', port: 6000 }],
  ['postgresql://%2Fsock/db', { host: '/sock', database: 'db' }],
  ['postgresql://[::1]:6000/db', { host: '::1', port: 6000 }],
  [
    'postgresql://u:p@h1,h2:5433/db?target_session_attrs=read-write',
    { user: 'u', database: 'db', hosts: HOSTS },
  ],
  ['postgresql://u@h1:5432,h2:5433/db?target_session_attrs=any', { hosts: HOSTS }],
  ['postgresql:///db?host=h1,h2&port=5432,5433', { hosts: HOSTS, database: 'db' }],
  [
    'postgresql://u@/db?host=/a,/b',
    {
      hosts: [
        { host: '/a', port: 5432 },
        { host: '/b', port: 5432 },
      ],
    },
  ],
  [
    'postgresql://h1,h2/db?port=6000',
    {
      hosts: [
        { host: 'h1', port: 6000 },
        { host: 'h2', port: 6000 },
      ],
    },
  ],
  ['postgresql://h1/db', { ssl: false }],
  ['postgresql://h1/db?sslmode=disable', { ssl: false }],
  ['postgresql://h1/db?sslmode=prefer', { ssl: { rejectUnauthorized: false } }],
  ['postgresql://h1/db?sslmode=require', { ssl: { rejectUnauthorized: false } }],
  ['postgresql://h1/db?sslmode=no-verify', { ssl: { rejectUnauthorized: false } }],
  ['postgresql://h1/db?sslmode=verify-full', { ssl: {} }],
  ['postgresql://h1,h2/db?sslmode=verify-full', { ssl: {} }],
])('%s is read as libpq reads it', (url, expected) => {
  expect(read(url)).toMatchObject(expected);
});

test.each([
  ['host=h1 dbname=db user=u', /must be a URL such as postgresql:.*; a list of key=value is not supported/],
  ['postgresql://u:p/w@h1/db', /must be a URL/],
  ['postgresql://u:p@h1:70000/db', /must be a URL/],
  ['postgresql://h1,h2:x/db', /must be a URL/],
  ['postgresql://h1/db?schema=shop', /parameter schema.*remove it, and set the schema on the role/],
  ['postgresql://h1/db?sslmode=allow', /the sslmode allow; it must be one of disable, prefer/],
  ['postgresql://h1/db?sslmode=verify-ca', /verify-ca without sslrootcert/],
  ['postgresql://h1/db?target_session_attrs=standby', /target_session_attrs for a standby; use read-write/],
])('%s is rejected, and the message names the fix', (url, message) => {
  const load = () => loadConfig({ DATABASE_URL: url });
  expect(load).toThrow(message);
  expect(load).not.toThrow(/p\/w|70000/);
});
