/** The parameter of the address that names the columns that are not shown. It is no filter. */
export const HIDE = 'hide';

/** A column of the list of runs: the name of its cells, its head, and its width in the grid. */
type RunColumn = { name: string; head: string; width: string };

/** The columns in their order. A row is recognized by its status and its component, which are always shown. */
export const RUN_COLUMNS: readonly RunColumn[] = [
  { name: 'status', head: 'Status', width: '8.5rem' },
  { name: 'component', head: 'Component', width: 'minmax(9rem, 1.2fr)' },
  { name: 'product', head: 'Product', width: 'minmax(8rem, 1.1fr)' },
  { name: 'order', head: 'Order', width: 'minmax(8.5rem, 1fr)' },
  { name: 'channel', head: 'Channel', width: 'minmax(6rem, 0.6fr)' },
  { name: 'when', head: 'Queued', width: '6.5rem' },
  { name: 'outcome', head: 'Outcome', width: 'minmax(9rem, 1.3fr)' },
];
export const OPTIONAL_COLUMNS = RUN_COLUMNS.slice(2);

/** The columns that an address hides. Other names in it are ignored. */
export function hiddenColumns(hide: string | undefined): string[] {
  const names = hide?.split(',') ?? [];
  return OPTIONAL_COLUMNS.map(({ name }) => name).filter((name) => names.includes(name));
}

/** The grid of the columns that are shown, as CSS. */
export const columnGrid = (hidden: readonly string[]): string =>
  RUN_COLUMNS.filter(({ name }) => !hidden.includes(name))
    .map(({ width }) => width)
    .join(' ');
