import { json } from '@codemirror/lang-json';
import { codeFolding, foldGutter, foldKeymap } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import classes from './CodeView.module.css';
import { codeTheme } from './code-theme.ts';

/** A JSON text that is read only, in an editor that draws the lines on screen only. Loaded lazily. */
export function CodeView({ text, label }: { text: string; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const view = new EditorView({
      parent: box.current!,
      state: EditorState.create({
        doc: text,
        extensions: [
          codeTheme(),
          lineNumbers(),
          codeFolding(),
          foldGutter(),
          json(),
          search({ top: true }),
          highlightSelectionMatches(),
          keymap.of([...searchKeymap, ...foldKeymap]),
          EditorState.readOnly.of(true),
          EditorView.editable.of(false),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          EditorView.lineWrapping,
        ],
      }),
    });
    return () => view.destroy();
  }, [text, label]);
  return <div ref={box} className={classes.box} />;
}
