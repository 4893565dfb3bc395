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
  const view = useRef<EditorView>(null);
  const latest = useRef(text);
  latest.current = text;
  useEffect(() => {
    view.current = new EditorView({
      parent: box.current!,
      state: EditorState.create({
        doc: latest.current,
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
    return () => view.current?.destroy();
  }, [label]);
  // A new text leaves the editor scrolled to where it was.
  useEffect(() => {
    const { doc } = view.current!.state;
    if (doc.toString() !== text)
      view.current!.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
  }, [text]);
  return <div ref={box} className={classes.box} />;
}
