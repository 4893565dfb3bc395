import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { markJson } from './exact-json.ts';

/** Prisma's way to PostgreSQL over a pool of ours, in the schema that the connections' search_path leads to. */
export class PoolAdapter extends PrismaPg {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super(pool);
    this.#pool = pool;
  }

  /** Called at Prisma's first statement, and again at the next one where it failed. */
  override async connect(): ReturnType<PrismaPg['connect']> {
    const { rows } = await this.#pool.query<{ schema: string }>('select current_schema() as schema');
    return markJson(await new PrismaPg(this.#pool, { schema: rows[0]!.schema }).connect());
  }
}
