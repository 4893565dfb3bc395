import { Badge, Table, Text, UnstyledButton } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { plural } from '../parts/format.ts';
import { Moment } from '../parts/Moment.tsx';
import { AuditObjects } from './AuditObjects.tsx';
import classes from './AuditRow.module.css';
import { StateHashes } from './StateHashes.tsx';
import type { NamedObject } from './use-object-names.ts';

/** An entry of the audit log. Its principal and its action narrow the list to those like it. */
export function AuditRow({ entry: ref, principals, objects, narrow }: AuditRowProps) {
  const entry = readFragment(AuditRow_AuditEntry, ref);
  const { at, principal, address, action, rejected, times } = entry;
  const who = principal ? (principals.get(principal) ?? principal) : null;
  return (
    <Table.Tr>
      <Table.Td className={classes.time}>
        <Moment at={at} />
      </Table.Td>
      <Table.Td maw={220}>
        {principal && who ? (
          <UnstyledButton
            className={classes.narrow}
            title="Show only this principal"
            onClick={() => narrow({ principal })}
          >
            {who}
          </UnstyledButton>
        ) : (
          <Text size="sm" c="dimmed">
            {address ?? 'nobody: the service was open'}
          </Text>
        )}
      </Table.Td>
      <Table.Td maw={260}>
        {rejected && (
          <Badge color="red" variant="light" radius="sm" mr={6}>
            rejected{times > 1 && `, ${plural(times, 'time')}`}
          </Badge>
        )}
        <UnstyledButton
          className={classes.narrow}
          title="Show only this action"
          onClick={() => narrow({ action })}
        >
          {action}
        </UnstyledButton>
      </Table.Td>
      <Table.Td maw={300}>
        <AuditObjects entry={entry} objects={objects} />
      </Table.Td>
      <Table.Td data-label="State before and after">
        <StateHashes entry={entry} />
      </Table.Td>
    </Table.Tr>
  );
}

type AuditRowProps = {
  entry: FragmentType<typeof AuditRow_AuditEntry>;
  /** The names of principals by id. */
  principals: ReadonlyMap<string, string>;
  objects: ReadonlyMap<string, NamedObject>;
  narrow: (values: Record<string, string>) => void;
};

const AuditRow_AuditEntry = graphql(`
  fragment AuditRow_AuditEntry on AuditEntry {
    at
    principal
    address
    action
    rejected
    times
    ...AuditObjects_AuditEntry
    ...StateHashes_AuditEntry
  }
`);
