import { Text } from '@mantine/core';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { ConnectionLine } from '../parts/ConnectionLine.tsx';
import classes from './ServiceLine.module.css';

/** The foot of the navigation: the live connection, and which service this is. */
export function ServiceLine() {
  const { data } = useOperation(ServiceLine_Query, {}, { staleTime: Number.POSITIVE_INFINITY });
  return (
    <div className={classes.foot}>
      <ConnectionLine />
      <Text size="xs" c="dimmed">
        {location.host}
        {data?.system && ` · version ${data.system.version}`}
      </Text>
    </div>
  );
}

const ServiceLine_Query = graphql(`
  query ServiceLine_Query {
    system {
      version
    }
  }
`);
