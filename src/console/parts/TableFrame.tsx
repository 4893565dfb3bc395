import type { ReactNode } from 'react';
import { StackedTable } from './StackedTable.tsx';
import classes from './TableFrame.module.css';

/** A table on a surface of its own. */
export const TableFrame = ({ label, columns, children }: TableFrameProps) => (
  <div className={classes.frame}>
    <StackedTable
      label={label}
      columns={columns}
      highlightOnHover
      verticalSpacing="sm"
      horizontalSpacing="md"
    >
      {children}
    </StackedTable>
  </div>
);

type TableFrameProps = { label: string; columns: readonly string[]; children: ReactNode };
