import { json } from '@codemirror/lang-json';
import { MergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { codeTheme } from './code-theme.ts';
import classes from './JsonDiff.module.css';

/** Two JSON texts side by side, with what differs marked, and what is equal folded. Load it lazily. */
export function JsonDiff({ before, after, labels }: JsonDiffProps) {
  const box = useRef<HTMLDivElement>(null);
  const [left, right] = labels;
  useEffect(() => {
    const side = (doc: string, label: string) => ({ doc, extensions: readOnly(label) });
    const view = new MergeView({
      parent: box.current!,
      a: side(before, left),
      b: side(after, right),
      collapseUnchanged: { margin: 2, minSize: 4 },
      gutter: false,
    });
    return () => view.destroy();
  }, [before, after, left, right]);
  return (
    <div className={classes.diff}>
      <div className={classes.labels}>
        <span>{left}</span>
        <span>{right}</span>
      </div>
      <div ref={box} className={classes.box} />
    </div>
  );
}

type JsonDiffProps = { before: string; after: string; labels: readonly [before: string, after: string] };

const readOnly = (label: string): Extension => [
  codeTheme(),
  json(),
  EditorView.lineWrapping,
  EditorState.readOnly.of(true),
  EditorState.phrases.of({ '$ unchanged lines': 'Show $ unchanged lines' }),
  EditorView.editable.of(false),
  EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
];
