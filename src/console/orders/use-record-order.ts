import type { RecordOrderInput } from '../api/generated/graphql.ts';
import { graphql } from '../api/generated/index.ts';
import { useChange } from '../api/query.ts';

type Recorded = { number: string; shop?: string | null };

/** Records an order, alone or as a checkout. `record` returns the order; null when there is a problem. */
export function useRecordOrder() {
  const alone = useChange(RecordOrder_Alone);
  const withRuns = useChange(RecordOrder_Checkout);
  const record = async (
    order: RecordOrderInput,
    checkout: { channel: string | null } | null,
  ): Promise<Recorded | null> => {
    alone.reset();
    withRuns.reset();
    const { recorded } = checkout
      ? await withRuns.mutateAsync({ input: { order, channel: checkout.channel } })
      : await alone.mutateAsync({ input: order });
    return recorded?.order ?? null;
  };
  const [mistake] = (alone.data?.recorded ?? withRuns.data?.recorded)?.userErrors ?? [];
  return {
    record,
    isPending: alone.isPending || withRuns.isPending,
    problem: (alone.error ?? withRuns.error)?.message ?? mistake?.message,
  };
}

const RecordOrder_Alone = graphql(`
  mutation RecordOrder_Alone($input: RecordOrderInput!) {
    recorded: recordOrder(input: $input) {
      order {
        number
        shop
      }
      userErrors {
        message
      }
    }
  }
`);

const RecordOrder_Checkout = graphql(`
  mutation RecordOrder_Checkout($input: EnqueueCheckoutRunsInput!) {
    recorded: enqueueCheckoutRuns(input: $input) {
      order {
        number
        shop
      }
      userErrors {
        message
      }
    }
  }
`);
