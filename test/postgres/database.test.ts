import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withPoolMode } from '../../src/postgres/connection-config.ts';
import { openDatabase } from '../../src/postgres/database.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startProxy } from '../support/proxy.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('times are read as written, whatever time zone the server is set to', async () => {
  await database.pool.query(
    `alter database ${new URL(database.url).pathname.slice(1)} set timezone to 'Asia/Kolkata'`,
  );
  const db = openDatabase({ url: `${database.url}?options=-c%20geqo%3Doff`, maxConnections: 1 });
  try {
    const { id, createdAt } = await db.prisma.product.create({
      data: {
        id: randomUUID(),
        sku: 'A',
        slug: 'a',
        title: 'A',
        createdAt: new Date('2026-03-01T12:00:00.123Z'),
      },
    });
    expect(createdAt).toEqual(new Date('2026-03-01T12:00:00.123Z'));
    const { rows } = await db.pool.query(
      'select created_at, current_setting($1) as geqo from products where id = $2',
      ['geqo', id],
    );
    expect(rows).toEqual([{ created_at: createdAt, geqo: 'off' }]);
  } finally {
    await db.close();
  }
});

test('a connection that breaks ends no process, and the next query gets another one', async () => {
  const db = openDatabase({ url: database.url, maxConnections: 2 });
  try {
    await db.pool.query('select pg_terminate_backend(pg_backend_pid())').catch(() => {});
    await expect(db.pool.query('select 1 as one')).resolves.toMatchObject({ rows: [{ one: 1 }] });
  } finally {
    await db.close();
  }
});

test('a connection through a pooler that breaks while its settings are made ends no process', async () => {
  const uncaught: unknown[] = [];
  const note = (error: unknown) => uncaught.push(error);
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException').on('uncaughtException', note);
  const proxy = await startProxy(database.url);
  proxy.cutAt('set_config(name');
  const db = openDatabase({ url: withPoolMode(proxy.url, 'session'), maxConnections: 1 });
  try {
    await expect(db.pool.query('select 1')).rejects.toThrow('Connection terminated unexpectedly');
    expect(uncaught).toEqual([]);
  } finally {
    await db.close();
    await proxy.close();
    process.off('uncaughtException', note);
    for (const other of others) process.on('uncaughtException', other);
  }
});
