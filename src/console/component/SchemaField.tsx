import { Fieldset, Skeleton, Tabs, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { schemaIn } from './component-draft.ts';

const JsonEditor = lazy(() =>
  import('../parts/JsonEditor.tsx').then((module) => ({ default: module.JsonEditor })),
);
const SchemaForm = lazy(() =>
  import('../parts/SchemaForm.tsx').then((module) => ({ default: module.SchemaForm })),
);

/** The JSON Schema of the script's inputs, and the form that it makes for people. */
export function SchemaField({ text, error, change }: SchemaFieldProps) {
  const [tab, setTab] = useState<string | null>('schema');
  const [sample, setSample] = useState<{ [key: string]: unknown }>({});
  const schema = schemaIn(text);
  return (
    <Fieldset legend="Inputs">
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="schema">JSON Schema</Tabs.Tab>
          <Tabs.Tab value="form" disabled={!schema}>
            The form that it makes
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="schema" pt="sm">
          <Text size="xs" c="dimmed" mb="xs">
            A run whose inputs do not fit fails before its script is called.
          </Text>
          <Suspense fallback={<Skeleton height={240} />}>
            <JsonEditor initial={text} label="Input schema" change={change} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="form" pt="sm">
          <Suspense fallback={<Skeleton height={240} />}>
            {schema && <SchemaForm schema={schema} value={sample} change={setSample} />}
          </Suspense>
        </Tabs.Panel>
      </Tabs>
      {(error || !schema) && (
        <Text size="sm" c="var(--mantine-color-error)" mt="xs" role="alert">
          {error ?? 'The schema is not a JSON object yet.'}
        </Text>
      )}
    </Fieldset>
  );
}

type SchemaFieldProps = { text: string; error: string | undefined; change: (text: string) => void };
