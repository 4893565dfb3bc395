import { Group, Table, Text } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { Moment } from '../parts/Moment.tsx';
import { PageLink } from '../parts/PageLink.tsx';
import classes from './ProductRow.module.css';

/** A product in the list: its name, its steps in order, and what is wrong with them where problems are shown. */
export function ProductRow({ product: ref, add }: ProductRowProps) {
  const { sku, shop, title, journeyComponents, problems, updatedAt } = readFragment(ProductRow_Product, ref);
  return (
    <Table.Tr>
      <Table.Td>
        <PageLink
          to="/admin/products/$sku"
          params={{ sku }}
          search={{ ...(shop && { shop }), ...(add && { add }) }}
          fw={550}
          size="sm"
        >
          {title}
        </PageLink>
        <Text size="xs" c="dimmed" className="mono">
          {sku}
          {shop && ` · ${shop}`}
        </Text>
      </Table.Td>
      <Table.Td>
        {journeyComponents.length === 0 && (
          <Text size="sm" c="dimmed">
            none
          </Text>
        )}
        <Group gap={4} component="ol" className={classes.steps}>
          {journeyComponents.map(({ id, component }) => (
            <li key={id} className={classes.step}>
              {component.name}
            </li>
          ))}
        </Group>
      </Table.Td>
      {problems && (
        <Table.Td>
          <ul className={classes.problems}>
            {problems.map(({ code, message, attachment }) => (
              <li key={`${attachment.id} ${code} ${message}`}>
                <b>{attachment.component.name}:</b> {message}
              </li>
            ))}
          </ul>
        </Table.Td>
      )}
      <Table.Td data-label="Changed" className={classes.changed}>
        <Moment at={updatedAt} />
      </Table.Td>
    </Table.Tr>
  );
}

type ProductRowProps = {
  product: FragmentType<typeof ProductRow_Product>;
  /** The key of a component that is added to the product that a person opens. */
  add: string | undefined;
};

const ProductRow_Product = graphql(`
  fragment ProductRow_Product on Product {
    sku
    shop
    title
    updatedAt
    journeyComponents {
      id
      component {
        name
      }
    }
    problems @include(if: $isProblems) {
      code
      message
      attachment {
        id
        component {
          name
        }
      }
    }
  }
`);
