import { expect, test } from 'vitest';
import { PERMISSIONS } from '../../src/identity/permission.ts';
import { permissionsOf, ROLES } from '../../src/identity/role.ts';

test('grants add up, whether they name roles or permissions', () => {
  expect([...permissionsOf(['VIEWER', 'ENQUEUE_RUNS'])]).toEqual([...ROLES.VIEWER, 'ENQUEUE_RUNS']);
  expect([...permissionsOf(['ADMIN'])]).toEqual(PERMISSIONS);
});

test('unknown names give no permission, those of Object.prototype included', () => {
  expect(permissionsOf(['', 'admin', 'constructor', '__proto__', 'toString', 'ADMIN '])).toEqual(new Set());
});

test('only ADMIN manages principals and secrets, and only the shop and ADMIN mint tokens', () => {
  const rolesWith = (permission: (typeof PERMISSIONS)[number]) =>
    Object.entries(ROLES).flatMap(([role, held]) =>
      (held as readonly string[]).includes(permission) ? [role] : [],
    );
  expect(rolesWith('MANAGE_PRINCIPALS')).toEqual(['ADMIN']);
  expect(rolesWith('MANAGE_SECRETS')).toEqual(['ADMIN']);
  expect(rolesWith('MINT_TOKENS')).toEqual(['CHECKOUT', 'ADMIN']);
});
