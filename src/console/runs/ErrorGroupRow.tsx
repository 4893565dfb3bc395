import { Anchor, Table } from '@mantine/core';
import type { Address } from '../address.ts';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { formatCount } from '../parts/format.ts';
import { Moment } from '../parts/Moment.tsx';
import { ReplayLink } from '../parts/ReplayLink.tsx';
import classes from './ErrorGroups.module.css';
import { joinValues } from './run-query.ts';

/** The runs that failed alike. The code shows them in the list. */
export function ErrorGroupRow({ group: ref, choose }: ErrorGroupRowProps) {
  const { code, message, count, firstAt, lastAt, component, latestRun } = readFragment(
    ErrorGroupRow_RunErrorGroup,
    ref,
  );
  const filter = { status: 'FAILED', error: code, component: joinValues([component.key]) };
  return (
    <Table.Tr>
      <Table.Td data-label="Runs">{formatCount(count)}</Table.Td>
      <Table.Td>
        <Anchor
          component="button"
          type="button"
          size="sm"
          aria-label={`Show the runs of ${component.name} with ${code}`}
          onClick={() => choose(filter)}
        >
          {code}
        </Anchor>
      </Table.Td>
      <Table.Td>{component.name}</Table.Td>
      <Table.Td className={classes.message} title={message}>
        {message}
      </Table.Td>
      <Table.Td data-label="First">
        <Moment at={firstAt} />
      </Table.Td>
      <Table.Td data-label="Last">
        <Moment at={lastAt} />
        {latestRun?.latestReplay && <ReplayLink replay={latestRun.latestReplay} />}
      </Table.Td>
    </Table.Tr>
  );
}

type ErrorGroupRowProps = {
  group: FragmentType<typeof ErrorGroupRow_RunErrorGroup>;
  choose: (filter: Address) => void;
};

const ErrorGroupRow_RunErrorGroup = graphql(`
  fragment ErrorGroupRow_RunErrorGroup on RunErrorGroup {
    code
    message
    count
    firstAt
    lastAt
    component {
      key
      name
    }
    latestRun {
      latestReplay {
        ...ReplayLink_Run
      }
    }
  }
`);
