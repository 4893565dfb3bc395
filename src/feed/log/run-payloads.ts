import type pg from 'pg';
import { containsWithin } from '../../json/contains.ts';
import type { JsonObject } from '../../json/json.ts';
import { parseStoredJson } from '../../json/parse.ts';
import { rowsOf, statement } from '../../postgres/statement.ts';
import {
  JSON_COLUMNS,
  JSON_FIELDS,
  type JsonConditions,
  type JsonField,
  jsonConditionSql,
} from '../../runs/model/json-conditions.ts';
import { type Read, Remembered } from './remembered.ts';

/** A run's payload as the API shows it; null when it is too large to be cached here. */
type Payload = JsonObject | null;

/**
 * The payloads of the runs whose events are being delivered. They are read once per batch of events and compared in
 * this process, so any number of subscribers with different filters cost the database no more than one.
 */
export class RunPayloads {
  readonly #pool: pg.Pool;
  readonly #payloads: { [field in JsonField]: Remembered<Payload> };

  constructor(pool: pg.Pool) {
    this.#pool = pool;
    const payloadsOf = (field: JsonField): Remembered<Payload> => {
      const shared = new Remembered<Payload>((ids) => this.#readShared(field, ids), LIMITS);
      return new Remembered((ids) => this.#readRuns(field, ids, shared), LIMITS);
    };
    this.#payloads = {
      inputPayload: payloadsOf('inputPayload'),
      metadata: payloadsOf('metadata'),
      context: payloadsOf('context'),
    };
  }

  /** Returns the runs whose payloads contain all parts of the filter. */
  async containing(filter: JsonConditions, runIds: readonly string[]): Promise<Set<string>> {
    const fields = JSON_FIELDS.filter((field) => filter[field]);
    const payloads = await Promise.all(fields.map((field) => this.#payloads[field].get(runIds)));
    const containing = new Set<string>();
    const undecided: string[] = [];
    for (const [index, id] of runIds.entries()) {
      const answers = fields.map((field, place) => {
        const payload = payloads[place]![index];
        if (!payload) return payload === null ? null : false;
        return containsWithin(payload, filter[field]!, STEPS_AT_MOST);
      });
      if (answers.includes(false)) continue;
      if (answers.includes(null)) undecided.push(id);
      else containing.add(id);
    }
    if (undecided.length === 0) return containing;
    return containing.union(await this.#askDatabase(filter, undecided));
  }

  async #readRuns(
    field: JsonField,
    ids: readonly string[],
    shared: Remembered<Payload>,
  ): Promise<ReadonlyMap<string, Read<Payload>>> {
    const rows = await rowsOf(this.#pool, OF_RUNS[field], [ids, PAYLOAD_BYTES_AT_MOST]);
    const groupIds = rows.flatMap(({ groupId }) => groupId ?? []);
    const groups = new Map((await shared.get(groupIds)).map((payload, index) => [groupIds[index]!, payload]));
    return new Map(
      rows.map(({ id, groupId, text }) => {
        const { value: own, bytes } = parsed(text);
        // A group that was deleted shares no values any more.
        const ofGroup =
          groupId === null ? {} : (groups.get(groupId) ?? (groups.get(groupId) === null ? null : {}));
        return [id, { value: own && ofGroup && { ...ofGroup, ...own }, bytes }];
      }),
    );
  }

  async #readShared(field: JsonField, ids: readonly string[]): Promise<ReadonlyMap<string, Read<Payload>>> {
    if (ids.length === 0) return new Map();
    const rows = await rowsOf(this.#pool, OF_GROUPS[field]!, [ids, PAYLOAD_BYTES_AT_MOST]);
    return new Map(rows.map(({ id, text }) => [id, parsed(text)]));
  }

  async #askDatabase(filter: JsonConditions, ids: readonly string[]): Promise<Set<string>> {
    const values: unknown[] = [ids];
    const condition = jsonConditionSql(filter, (value) => `$${values.push(value)}`);
    const text = `select r.id from journey_runs r where r.id = any($1::uuid[]) and ${condition}`;
    const rows = await rowsOf<{ id: string }>(this.#pool, { text, values, columns: { id: 'uuid' } });
    return new Set(rows.map(({ id }) => id));
  }
}

const withinLimit = (column: string) =>
  `case when octet_length(${column}::text) <= $2 then ${column}::text end`;

const ofRuns = (field: JsonField) =>
  statement({
    name: `payloads-of-runs-${field}`,
    text: `select r.id, ${JSON_COLUMNS[field].shared === null ? 'null::uuid' : 'r.group_id'} as "groupId",
        ${withinLimit(JSON_COLUMNS[field].own)} as text
      from journey_runs r where r.id = any($1::uuid[])`,
    columns: { id: 'uuid', groupId: 'uuid?', text: 'text?' },
  });

const ofGroups = (field: JsonField, shared: string) =>
  statement({
    name: `payloads-of-groups-${field}`,
    text: `select g.id, ${withinLimit(shared)} as text from journey_run_groups g where g.id = any($1::uuid[])`,
    columns: { id: 'uuid', text: 'text?' },
  });

const OF_RUNS = byField(ofRuns);
const OF_GROUPS = byField((field) => {
  const { shared } = JSON_COLUMNS[field];
  return shared === null ? null : ofGroups(field, shared);
});

function byField<Value>(make: (field: JsonField) => Value): Record<JsonField, Value> {
  return Object.fromEntries(JSON_FIELDS.map((field) => [field, make(field)])) as Record<JsonField, Value>;
}

const parsed = (text: string | null): Read<Payload> =>
  text === null
    ? { value: null, bytes: 0 }
    : { value: parseStoredJson(text) as JsonObject, bytes: text.length };

/** A comparison with more steps is left to the database. */
const STEPS_AT_MOST = 20_000;
/** The largest payload, as JSON text. Parsing a larger one would block this process for too long. */
const PAYLOAD_BYTES_AT_MOST = 512 * 1024;
/** A run's events come close together. The short time also limits how long erased payloads stay in memory. */
const LIMITS = { bytes: 8 * 1024 * 1024, entries: 5_000, ttlMs: 10_000 };
