import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Menu,
  Notification,
  TableScrollContainer,
} from '@mantine/core';

const pine: MantineColorsTuple = [
  '#e8f6f3',
  '#d2ebe6',
  '#a4d8ce',
  '#72c4b5',
  '#4bb3a0',
  '#33a993',
  '#1f8f7b',
  '#0f7a68',
  '#0b6758',
  '#055247',
];

/** Colours with a contrast of at least 4.5:1 in both schemes; Mantine's own defaults have less. */
export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 8, dark: 7 },
  colors: { pine },
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: '"JetBrains Mono Variable", ui-monospace, monospace',
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.375rem' }, h2: { fontSize: '1.0625rem' } } },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // The first item has the focus. A placeholder would be a child that a menu may not have.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } }),
    // A table that is too wide for the screen can be focused, so that the arrow keys scroll it.
    TableScrollContainer: TableScrollContainer.extend({
      defaultProps: {
        scrollAreaProps: { viewportProps: { tabIndex: 0, role: 'group', 'aria-label': 'Scrollable table' } },
      },
    }),
  },
});

export const cssVariables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    '--mantine-color-error': colors.red[9],
    '--mantine-color-dimmed': colors.gray[7],
    '--mantine-color-placeholder': colors.gray[7],
    '--mantine-color-anchor': pine[8],
    // The titles of alerts, on their light background.
    '--mantine-color-red-light-color': '#a61e1e',
    '--mantine-color-yellow-light-color': '#7a4d00',
    '--mantine-color-orange-light-color': '#8a3500',
  },
  dark: {
    '--mantine-color-error': colors.red[4],
    // Buttons that end or delete something, whose text is white.
    '--mantine-color-red-filled': colors.red[9],
    '--mantine-color-red-filled-hover': '#b02525',
    '--mantine-color-dimmed': '#a3aeb0',
    '--mantine-color-placeholder': '#a3aeb0',
    '--mantine-color-anchor': pine[3],
    '--mantine-color-body': '#14191a',
  },
});
