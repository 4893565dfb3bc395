import type { OpenCell } from './CellMenu.tsx';
import classes from './RunTable.module.css';

/** A value that opens the menu of its cell: filter by it, or copy it. */
export function FilterValue({ field, value, openCell, className = '' }: FilterValueProps) {
  return (
    <button
      type="button"
      className={`${classes.value} ${className}`}
      aria-haspopup="menu"
      onClick={({ currentTarget }) => openCell({ target: currentTarget, field, value })}
    >
      {value}
    </button>
  );
}

type FilterValueProps = {
  field: string;
  value: string;
  openCell: (cell: OpenCell) => void;
  className?: string;
};
