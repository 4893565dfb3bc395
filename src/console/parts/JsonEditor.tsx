import { Skeleton, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { CodeEditorProps } from './CodeEditor.tsx';

const CodeEditor = lazy(() =>
  import('./CodeEditor.tsx').then(({ CodeEditor: component }) => ({ default: component })),
);

/** Edits a JSON text, with the error of the text below it. `initial` is read once. */
export const JsonEditor = ({ error, ...editor }: CodeEditorProps & { error?: string | null }) => (
  <div>
    <Suspense fallback={<Skeleton height={120} />}>
      <CodeEditor {...editor} />
    </Suspense>
    {error && (
      <Text size="sm" c="var(--mantine-color-error)" mt={4} role="alert">
        {error}
      </Text>
    )}
  </div>
);
