import type { Address } from '../address.ts';
import { fetchOperation } from '../api/fetch.ts';
import type { RunFilter } from '../api/generated/graphql.ts';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { journeyClient } from '../live/journey-client.ts';
import { type ListSource, LiveList } from '../live/live-list.ts';
import { RunStore } from '../live/run-store.ts';
import { lastingPart, matchesNow, readRunQuery } from './run-query.ts';

/** A run of the list: what the list itself reads of it. The row reads the rest, by its own fragment. */
export type ListedRun = ReturnType<typeof listed>;
const listed = (run: FragmentType<typeof ListedRun_Run>) => readFragment(ListedRun_Run, run);

/** All runs that lists have shown, so that a run has one state in every list. */
const runStore = new RunStore<ListedRun>();

const PAGE_SIZE = 100;
/** Lists that a person may return to, each with its rows and its place in the feed. */
const RECENT_LISTS = 6;
const lists = new Map<string, RunList>();

export type RunList = { list: LiveList<ListedRun>; matches(run: ListedRun): boolean };

/**
 * The list of an address. It is that of before if the person left it a moment ago.
 *
 * @param orders whether the viewer may read the orders of the runs
 */
export function runListOf(address: Address, orders: boolean): RunList {
  const key = JSON.stringify(Object.entries(address).sort());
  const found = lists.get(key) ?? createRunList(address, orders);
  lists.delete(key);
  lists.set(key, found);
  const oldest = lists.keys().next().value;
  if (lists.size > RECENT_LISTS && oldest !== undefined) lists.delete(oldest);
  return found;
}

function createRunList(address: Address, orders: boolean): RunList {
  let where: RunFilter = {};
  const matches = (run: ListedRun) => matchesNow(where, run);
  const source: ListSource<ListedRun> = {
    async readPage(after) {
      if (after === null) where = await resolveFilter(address);
      // The count and the cursor are those of the first page, and would cost more than the rows of a later one.
      const variables = { where, first: PAGE_SIZE, after, orders, isFirst: after === null };
      const { runs, feedCursor } = await fetchOperation(RunList_Page, variables);
      if (!runs) throw new Error('The service returned no runs.');
      return {
        feedCursor: feedCursor ?? '',
        runs: runs.nodes.map(listed),
        endCursor: runs.pageInfo.endCursor ?? null,
        hasMore: runs.pageInfo.hasNextPage,
        total: { count: runs.totalCount ?? 0, isExact: runs.totalCountExact ?? false },
      };
    },
    async *follow(after) {
      const events = journeyClient.watch(RunList_Feed, { where: lastingPart(where), after, orders });
      try {
        for await (const { runEvents } of events)
          yield { cursor: runEvents.cursor, run: listed(runEvents.run) };
      } finally {
        await events.return?.();
      }
    },
    matches,
  };
  const list = new LiveList(runStore, source);
  // It is read while its page is drawn.
  void list.reload();
  return { list, matches };
}

/** The filter of the API. It finds products by id, so their SKUs are looked up first. */
export async function resolveFilter(address: Address): Promise<RunFilter> {
  const { where, skus, excludedSkus } = readRunQuery(address, Date.now());
  const [productId, excluded] = await Promise.all([productIds(skus), productIds(excludedSkus)]);
  return {
    ...where,
    ...(skus.length > 0 && { productId }),
    ...(excluded.length > 0 && { not: [...(where.not ?? []), { productId: excluded }] }),
  };
}

async function productIds(skus: string[]): Promise<string[]> {
  const found = await Promise.all(skus.map((sku) => fetchOperation(RunList_Product, { sku })));
  return found.flatMap(({ product }) => product?.id ?? []);
}

const ListedRun_Run = graphql(`
  fragment ListedRun_Run on Run {
    id
    sequence
    status
    priority
    completedAt
    error {
      code
    }
    ...RunRow_Run
  }
`);

const RunList_Page = graphql(`
  query RunList_Page($where: RunFilter!, $first: Int!, $after: String, $orders: Boolean!, $isFirst: Boolean!) {
    feedCursor @include(if: $isFirst)
    runs(where: $where, first: $first, after: $after) {
      totalCount @include(if: $isFirst)
      totalCountExact @include(if: $isFirst)
      pageInfo {
        endCursor
        hasNextPage
      }
      nodes {
        ...ListedRun_Run
      }
    }
  }
`);

const RunList_Feed = graphql(`
  subscription RunList_Feed($where: RunFilter!, $after: String, $orders: Boolean!) {
    runEvents(where: $where, after: $after) {
      cursor
      run {
        ...ListedRun_Run
      }
    }
  }
`);

const RunList_Product = graphql(`
  query RunList_Product($sku: String!) {
    product(sku: $sku) {
      id
    }
  }
`);
