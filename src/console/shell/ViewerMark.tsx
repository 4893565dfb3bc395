import { Tooltip } from '@mantine/core';
import { UserRound } from 'lucide-react';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import classes from './ViewerMark.module.css';

/** The person who is signed in, with their rights. A service without sign-in shows nothing. */
export function ViewerMark() {
  const { data } = useOperation(ViewerMark_Query, {}, { staleTime: Number.POSITIVE_INFINITY });
  const viewer = data?.viewer;
  if (!viewer || viewer.name === 'anonymous') return null;
  const { name, channels, permissions } = viewer;
  const reach = channels ? `only the channels ${channels.join(', ')}` : 'all channels';
  return (
    <Tooltip label={`${name}: ${permissions.length} permissions, ${reach}`} multiline maw={320}>
      <span className={classes.viewer}>
        <UserRound size={15} aria-hidden />
        <span className={classes.name}>{name}</span>
      </span>
    </Tooltip>
  );
}

const ViewerMark_Query = graphql(`
  query ViewerMark_Query {
    viewer {
      name
      channels
      permissions
    }
  }
`);
