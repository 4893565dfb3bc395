import { z } from 'zod';
import { type AuditEntry, type AuditFilter, listAuditEntries } from '../../audit/read-audit-log.ts';
import { checkAuditLog } from '../rights/narrowing.ts';
import { readPage } from '../selection/page.ts';
import { keysetCursor } from '../selection/page-cursor.ts';
import { builder } from './builder.ts';
import { connectionType, forwardArgs } from './connection.ts';

const hex = (hash: Buffer | null) => hash?.toString('hex') ?? null;

const AuditEntryType = builder.objectRef<AuditEntry>('AuditEntry').implement({
  description:
    'An entry of the audit log: a change that a mutation made, or the operations of one client that were rejected within a minute. Entries never change.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The number of the entry. Later entries have greater numbers.' }),
    at: t.expose('at', { description: 'The time of the entry.', type: 'DateTime' }),
    principal: t.string({
      nullable: true,
      description:
        'The id of the principal. null for a service without identity, and for a client that was not identified.',
      resolve: ({ principal }) => principal || null,
    }),
    address: t.exposeString('address', {
      nullable: true,
      description:
        'The address of a client that was rejected without a principal. `others` stands for many. null for other entries.',
    }),
    action: t.exposeString('action', {
      description:
        'The name of the mutation that made the change, such as saveProduct. For rejections, the fields that were rejected.',
    }),
    rejected: t.exposeBoolean('rejected', {
      description: 'True if the operations were rejected; false if the mutation changed something.',
    }),
    times: t.exposeInt('times', {
      description: 'The number of rejected operations. 1 for a change.',
    }),
    objectType: t.exposeString('objectType', {
      nullable: true,
      description: 'The type of the changed objects, such as Product. null for rejections.',
    }),
    objectIds: t.exposeStringList('objectIds', {
      description: 'The ids of the changed objects; the name of a secret. Empty for rejections.',
    }),
    hashBefore: t.string({
      nullable: true,
      description:
        'The SHA-256 of the state of the object before the change, in hexadecimal. null for a new object, and for several objects.',
      resolve: ({ hashBefore }) => hex(hashBefore),
    }),
    hashAfter: t.string({
      nullable: true,
      description:
        'The SHA-256 of the state of the object after the change, in hexadecimal: the hashBefore of its next change, unless something else changed it. For enqueued runs, the hash of the requests that had an idempotencyKey. null for a deleted object.',
      resolve: ({ hashAfter }) => hex(hashAfter),
    }),
    requestId: t.exposeString('requestId', {
      nullable: true,
      description: 'The X-Request-Id of the HTTP request. null when the client sent none.',
    }),
  }),
});

const AuditFilterInput = builder.inputType('AuditFilter', {
  description: 'Selects entries of the audit log. All conditions must hold; null is no condition.',
  fields: (t) => ({
    principal: t.stringList({ description: 'Matches entries of one of these principals, at most 100.' }),
    action: t.stringList({ description: 'Matches changes by one of these mutations, at most 100.' }),
    objectId: t.string({ description: 'Matches changes of the object with this id.' }),
    rejected: t.boolean({ description: 'Matches only rejections, or only changes.' }),
    after: t.field({ type: 'DateTime', description: 'Matches entries at or after this time.' }),
    before: t.field({ type: 'DateTime', description: 'Matches entries before this time.' }),
  }),
});

const AuditEntryConnection = connectionType('AuditEntry', AuditEntryType, { counted: false });

builder.queryField('auditLog', (t) =>
  t.field({
    description:
      'The changes that mutations made, and the operations that were rejected, newest first. Each change was recorded in its own transaction.',
    type: AuditEntryConnection,
    weighs: { where: 500 },
    args: {
      ...forwardArgs(),
      where: t.arg({ description: 'Lists only the entries that match the filter.', type: AuditFilterInput }),
    },
    resolve: (_, { where, ...args }, { db, principal }) => {
      checkAuditLog(principal);
      return readPage<AuditEntry, [string]>(args, {
        cursor: CURSOR,
        keyOf: ({ id }) => [id],
        fetch: ({ after, before, ...slice }) =>
          listAuditEntries(db.pool, (where ?? {}) as AuditFilter, {
            ...slice,
            after: after?.[0] ?? null,
            before: before?.[0] ?? null,
          }),
      });
    },
  }),
);

const CURSOR = keysetCursor('audit', z.tuple([z.string().regex(/^\d{1,18}$/)]));
