import { Table, type TableProps } from '@mantine/core';
import type { ReactNode } from 'react';

/** A table whose rows are cards on a phone. There, a cell that does not explain itself has its column as `data-label`. */
export const StackedTable = ({ label, columns, maxHeight, children, ...looks }: StackedTableProps) => (
  <Table.ScrollContainer minWidth={560} maxHeight={maxHeight}>
    <Table className="stacked" verticalSpacing="xs" aria-label={label} {...looks}>
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
);

type StackedTableProps = {
  label: string;
  columns: readonly string[];
  /** The height above which the rows scroll, in pixels or as CSS. */
  maxHeight?: number | string;
  children: ReactNode;
} & Pick<TableProps, 'verticalSpacing' | 'horizontalSpacing' | 'highlightOnHover' | 'stickyHeader'>;
