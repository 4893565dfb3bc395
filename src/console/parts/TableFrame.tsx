import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './TableFrame.module.css';

/** A table on a surface of its own, whose rows are cards on a phone. */
export const TableFrame = ({ label, columns, children }: TableFrameProps) => (
  <div className={classes.frame}>
    <Table.ScrollContainer minWidth={560}>
      <Table
        className="stacked"
        highlightOnHover
        verticalSpacing="sm"
        horizontalSpacing="md"
        aria-label={label}
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column}>{column}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  </div>
);

type TableFrameProps = { label: string; columns: readonly string[]; children: ReactNode };
