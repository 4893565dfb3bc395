import { createHmac } from 'node:crypto';
import type pg from 'pg';
import type { Cluster } from './cluster.ts';
import { type ServerAddress, urlAt } from './server-address.ts';

/** The role as which the service works on the embedded PostgreSQL. It owns nothing. */
export const SERVICE_ROLE = 'journey_service';

/** The URL of a database for the service. */
export const serviceUrl = (cluster: Cluster, address: ServerAddress, database: string): string =>
  urlAt(address, { user: SERVICE_ROLE, password: passwordOf(cluster) }, database);

/** Creates the role if it is missing, as in a cluster of an earlier version. Migrations grant its rights. */
export async function createServiceRole(owner: pg.Client, cluster: Cluster): Promise<void> {
  const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [SERVICE_ROLE]);
  if (rowCount !== 0) return;
  await owner.query(
    `begin; create role ${SERVICE_ROLE} login password '${passwordOf(cluster)}'; grant pg_read_all_stats to ${SERVICE_ROLE}; commit`,
  );
}

/** Derived from the owner's password, so that the cluster's folder needs one secret only. */
const passwordOf = ({ password }: Cluster): string =>
  createHmac('sha256', password).update(SERVICE_ROLE).digest('base64url');
