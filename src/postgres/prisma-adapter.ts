import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { markJson } from './exact-json.ts';

/** Connects Prisma to PostgreSQL over the service's pool, in the schema of the connections' search_path. */
export class PoolAdapter extends PrismaPg {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super(pool);
    this.#pool = pool;
  }

  /** Called at Prisma's first statement; if it fails, called again at the next one. */
  override async connect(): ReturnType<PrismaPg['connect']> {
    const { rows } = await this.#pool.query<{ schema: string }>('select current_schema() as schema');
    return markJson(await new PrismaPg(this.#pool, { schema: rows[0]!.schema }).connect());
  }
}
