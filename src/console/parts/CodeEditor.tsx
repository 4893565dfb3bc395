import { autocompletion } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { bracketMatching, codeFolding, foldGutter, indentOnInput } from '@codemirror/language';
import { linter, lintGutter } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import classes from './CodeEditor.module.css';
import { codeTheme } from './code-theme.ts';
import { completeSchema } from './schema-completion.ts';

/**
 * An editor of a JSON text, with errors at their line. Loaded lazily. `initial` is read once; Tab leaves the editor, so that the
 * keyboard is not trapped.
 */
export function CodeEditor({ initial, label, change, isSchema = false }: CodeEditorProps) {
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(change);
  latest.current = change;
  const text = useRef(initial);
  useEffect(() => {
    const view = new EditorView({
      parent: box.current!,
      state: EditorState.create({
        doc: text.current,
        extensions: [
          codeTheme(),
          lineNumbers(),
          codeFolding(),
          foldGutter(),
          history(),
          json(),
          bracketMatching(),
          indentOnInput(),
          linter(jsonParseLinter()),
          lintGutter(),
          keymap.of([...defaultKeymap, ...historyKeymap]),
          isSchema ? autocompletion({ override: [completeSchema], icons: false }) : [],
          EditorView.lineWrapping,
          replacesSelectionItself,
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) latest.current(state.doc.toString());
          }),
        ],
      }),
    });
    return () => view.destroy();
  }, [label, isSchema]);
  return <div ref={box} className={classes.box} />;
}

/**
 * The editor itself replaces selected text by what is typed. Chromium would write the colours of the replaced text into
 * style attributes, which the Content-Security-Policy forbids.
 */
const replacesSelectionItself = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const selection = document.getSelection();
    if (event.inputType !== 'insertText' || event.data === null || !selection || selection.isCollapsed)
      return false;
    const range = selection.getRangeAt(0);
    const from = view.posAtDOM(range.startContainer, range.startOffset);
    const to = view.posAtDOM(range.endContainer, range.endOffset);
    view.dispatch({
      changes: { from, to, insert: event.data },
      selection: { anchor: from + event.data.length },
      userEvent: 'input.type',
      scrollIntoView: true,
    });
    return true;
  },
});

export type CodeEditorProps = {
  initial: string;
  label: string;
  change: (text: string) => void;
  /** Whether the text is a JSON Schema, whose keywords are completed. */
  isSchema?: boolean;
};
