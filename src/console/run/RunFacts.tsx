import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { Moment } from '../parts/Moment.tsx';
import classes from './RunFacts.module.css';
import { RunLink } from './RunLink.tsx';
import pageClasses from './RunPage.module.css';

/** Where the run comes from and belongs to, and what was requested. Each value leads to the runs that share it. */
export function RunFacts({ run: ref }: { run: FragmentType<typeof RunFacts_Run> }) {
  const run = readFragment(RunFacts_Run, ref);
  const runsWith = (name: string, value: string, text: ReactNode = value) => (
    <Anchor component={Link} to="/admin/runs" search={{ [name]: value } as never} size="sm">
      {text}
    </Anchor>
  );
  return (
    <dl className={`${pageClasses.card} ${classes.facts}`}>
      <Fact name="Component">
        {runsWith('component', run.component.key)} <small>version {run.componentVersion.version}</small>
      </Fact>
      {run.product && (
        <Fact name="Product">
          <Anchor
            component={Link}
            to="/admin/products/$sku"
            params={{ sku: run.product.sku } as never}
            search={(run.product.shop ? { shop: run.product.shop } : {}) as never}
            size="sm"
          >
            {run.product.title}
          </Anchor>
          <small> · {runsWith('product', run.product.sku, 'its runs')}</small>
        </Fact>
      )}
      {run.order && (
        <Fact name="Order">
          <Anchor
            component={Link}
            to="/admin/orders/$number"
            params={{ number: run.order.number } as never}
            search={(run.order.shop ? { shop: run.order.shop } : {}) as never}
            size="sm"
          >
            {run.order.number}
          </Anchor>
        </Fact>
      )}
      {run.groupId && (
        <Fact name="Group">
          <Anchor
            component={Link}
            to="/admin/groups/$id"
            params={{ id: run.groupId } as never}
            size="sm"
            className="mono"
          >
            …{run.groupId.slice(-8)}
          </Anchor>
        </Fact>
      )}
      <Fact name="Channel">{run.channel ? runsWith('channel', run.channel) : '—'}</Fact>
      <Fact name="Trigger">{run.trigger ? runsWith('trigger', run.trigger) : '—'}</Fact>
      <Fact name="Priority">{run.priority.toLowerCase()}</Fact>
      <Fact name="Queued">
        <Moment at={run.queuedAt} />
      </Fact>
      {run.startedAt && (
        <Fact name="Started">
          <Moment at={run.startedAt} />
        </Fact>
      )}
      {run.completedAt && (
        <Fact name="Ended">
          <Moment at={run.completedAt} />
        </Fact>
      )}
      {run.idempotencyKey && <Fact name="Idempotency key">{runsWith('key', run.idempotencyKey)}</Fact>}
      {run.replays.nodes.length > 0 && (
        <Fact name="Replayed as">
          {run.replays.nodes.map(({ id }) => (
            <span key={id}>
              <RunLink id={id} />{' '}
            </span>
          ))}
        </Fact>
      )}
    </dl>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const RunFacts_Run = graphql(`
  fragment RunFacts_Run on Run {
    queuedAt
    startedAt
    completedAt
    channel
    trigger
    priority
    groupId
    idempotencyKey
    component {
      key
    }
    componentVersion {
      version
    }
    product {
      sku
      shop
      title
    }
    order @include(if: $orders) {
      number
      shop
    }
    replays(first: 5) {
      nodes {
        id
      }
    }
  }
`);
