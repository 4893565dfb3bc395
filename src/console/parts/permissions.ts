import { createContext, useContext } from 'react';
import type { Permission } from '../api/generated/graphql.ts';

/** The permissions of the viewer, which the frame reads before it shows a page; null if the service did not say. */
export const Permissions = createContext<readonly Permission[] | null>(null);

/** Whether the viewer has a permission. A field that needs one is left out of an operation, which would fail as a whole. */
export function useMay(permission: Permission): boolean {
  return useContext(Permissions)?.includes(permission) ?? true;
}

/** Why the viewer may not do something that needs all these permissions; null if they may. */
export function useRefusal(...needed: Permission[]): string | null {
  const permissions = useContext(Permissions);
  const missing = needed.filter((permission) => permissions && !permissions.includes(permission));
  return missing.length === 0 ? null : `This needs the permission ${missing.join(' and ')}`;
}
