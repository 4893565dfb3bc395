import { Group, Text, Title } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { formatCount, plural } from '../parts/format.ts';
import { PageLink } from '../parts/PageLink.tsx';
import classes from './ComponentForm.module.css';

/** The products that have the component as a step. */
export function AttachedProducts({
  component: ref,
}: {
  component: FragmentType<typeof AttachedProducts_Component>;
}) {
  const { key, shop, attachedTo } = readFragment(AttachedProducts_Component, ref);
  return (
    <section className={classes.card} aria-labelledby="attached">
      <Title order={2} id="attached">
        Products
      </Title>
      {attachedTo.nodes.length === 0 && (
        <Text size="sm" c="dimmed">
          No product has this step.{' '}
          <PageLink to="/admin/products" search={{ add: key }} underline="always">
            Add it to a product
          </PageLink>
        </Text>
      )}
      <Group gap="xs" mt={4}>
        {attachedTo.nodes.map(({ id, product }) => {
          const problems = product.problems.filter(({ attachment }) => attachment.id === id).length;
          return (
            <span key={id}>
              <PageLink
                to="/admin/products/$sku"
                params={{ sku: product.sku }}
                search={{ step: id, ...(product.shop && { shop: product.shop }) }}
                size="sm"
              >
                {product.title}
              </PageLink>
              {problems > 0 && <span className={classes.problems}> {plural(problems, 'problem')}</span>}
            </span>
          );
        })}
        {attachedTo.pageInfo.hasNextPage && (
          <PageLink
            to="/admin/products"
            search={{ component: key, ...(shop && { shop }) }}
            size="sm"
            underline="always"
          >
            all {formatCount(attachedTo.totalCount, attachedTo.totalCountExact)}
          </PageLink>
        )}
      </Group>
    </section>
  );
}

const AttachedProducts_Component = graphql(`
  fragment AttachedProducts_Component on Component {
    key
    shop
    attachedTo: attachments(first: 30) {
      totalCount
      totalCountExact
      pageInfo {
        hasNextPage
      }
      nodes {
        id
        product {
          sku
          shop
          title
          problems {
            attachment {
              id
            }
          }
        }
      }
    }
  }
`);
