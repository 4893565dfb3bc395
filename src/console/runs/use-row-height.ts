import { useMediaQuery } from '@mantine/hooks';

/** The height of a row in pixels: a line of a table, or a card on a phone. */
export function useRowHeight(): number {
  return useMediaQuery('(max-width: 62em)', undefined, { getInitialValueInEffect: false }) ? 96 : 52;
}
