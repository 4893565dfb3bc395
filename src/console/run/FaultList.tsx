import { Text } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { PageLink } from '../parts/PageLink.tsx';
import { BindingSource } from './BindingSource.tsx';
import type { Fault } from './faults.ts';

/** The inputs at fault, each with the place that its value comes from, and the way to the step that binds them. */
export function FaultList({ run: ref, faults }: FaultListProps) {
  const { id, bindingSnapshot, product, attachment } = readFragment(FaultList_Run, ref);
  return (
    <>
      <ul aria-label="Inputs at fault">
        {faults.slice(0, SHOWN).map(({ input, problem }) => {
          const binding = bindingSnapshot.find(({ inputKey }) => inputKey === input);
          return (
            <Text component="li" size="sm" key={`${input} ${problem}`}>
              <b>{input || 'The inputs'}</b>
              {', '}
              {binding ? <BindingSource binding={binding} /> : 'from the input payload'}: {problem}
            </Text>
          );
        })}
        {faults.length > SHOWN && (
          <Text component="li" size="sm">
            and {faults.length - SHOWN} more
          </Text>
        )}
      </ul>
      {product && attachment && (
        <PageLink
          to="/admin/products/$sku"
          params={{ sku: product.sku } as never}
          search={{ step: attachment.id, run: id, ...(product.shop && { shop: product.shop }) } as never}
        >
          Edit the bindings of this step
        </PageLink>
      )}
    </>
  );
}

type FaultListProps = { run: FragmentType<typeof FaultList_Run>; faults: readonly Fault[] };

const SHOWN = 5;

const FaultList_Run = graphql(`
  fragment FaultList_Run on Run {
    id
    product {
      sku
      shop
    }
    attachment {
      id
    }
    bindingSnapshot {
      inputKey
      ...BindingSource_Binding
    }
  }
`);
