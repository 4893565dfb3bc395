import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const nonce = () => document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';

/** The look of all editors, by the variables of the theme, so that it follows the colour scheme. */
export const codeTheme = (): Extension => [
  EditorView.cspNonce.of(nonce()),
  EditorView.theme({
    '&': { fontSize: '12.5px', backgroundColor: 'transparent', color: 'var(--app-text-strong)' },
    '&.cm-focused': { outline: 'none' },
    '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.55' },
    '.cm-content': { padding: '8px 0', caretColor: 'var(--app-text-strong)' },
    '.cm-gutters': {
      backgroundColor: 'transparent',
      color: 'var(--mantine-color-dimmed)',
      border: 'none',
    },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
    '&.cm-focused .cm-activeLine': { backgroundColor: 'var(--app-hover)' },
    '.cm-cursor': { borderLeftColor: 'var(--app-text-strong)' },
    '.cm-foldPlaceholder': {
      backgroundColor: 'var(--app-hover)',
      color: 'var(--mantine-color-dimmed)',
      border: 'none',
      padding: '0 6px',
    },
    '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
      backgroundColor: 'var(--app-selected)',
    },
    '.cm-tooltip': {
      backgroundColor: 'var(--app-surface)',
      color: 'var(--app-text-strong)',
      border: '1px solid var(--app-line)',
    },
    '.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px' },
    '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
      backgroundColor: 'var(--app-selected)',
      color: 'inherit',
    },
    '.cm-completionDetail': { color: 'var(--mantine-color-dimmed)', fontStyle: 'normal' },
    '.cm-panels': { backgroundColor: 'var(--app-page)', color: 'inherit' },
    '.cm-panels input, .cm-panels button': { color: 'inherit' },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: tags.propertyName, color: 'light-dark(#0b5a7d, #7cc7ee)' },
      { tag: tags.string, color: 'light-dark(#1d6b3a, #8fd6a8)' },
      { tag: [tags.number, tags.bool, tags.null], color: 'light-dark(#9a3d00, #f3b274)' },
    ]),
  ),
];
