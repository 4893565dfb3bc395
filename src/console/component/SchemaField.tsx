import { Fieldset, Tabs, Text, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { FormOrReason } from '../parts/FormOrReason.tsx';
import { JsonEditor } from '../parts/JsonEditor.tsx';
import { schemaIn } from './component-draft.ts';
import { InputRowList } from './InputRowList.tsx';
import { type InputRows, isFinished, ROWS_AT_MOST, rowsOf, schemaOf } from './input-rows.ts';
import { SampleList } from './SampleList.tsx';
import type { Sample, SampleState } from './samples.ts';

/** The inputs of the script as rows or as a JSON Schema, the form that they make for people, and samples of them. */
export function SchemaField({ text, error, change, setFinished, formSchema, ...samples }: SchemaFieldProps) {
  const [values, setValues] = useState<{ [key: string]: unknown }>({});
  const [inputs, setInputs] = useState(() => rowsIn(text));
  const [tab, setTab] = useState<string | null>(inputs ? 'rows' : 'json');
  const jsonTab = useRef<HTMLButtonElement>(null);
  const problem = error ?? (schemaIn(text) ? null : 'The schema is not a JSON object yet.');
  const finished = !inputs || isFinished(inputs);
  const note = finished ? !problem && !inputs && NO_ROWS : UNFINISHED;
  useEffect(() => setFinished(finished), [finished, setFinished]);
  return (
    <Fieldset legend="Inputs">
      <Text size="xs" c="dimmed" mb="xs">
        What the script gets. A run whose inputs do not fit fails before its script is called.
      </Text>
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="rows" disabled={!inputs}>
            Rows
          </Tabs.Tab>
          <Tabs.Tab value="json" ref={jsonTab}>
            JSON
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="rows" pt="sm">
          {inputs && (
            <InputRowList
              inputs={inputs}
              change={(next) => {
                setInputs(next);
                change(JSON.stringify(schemaOf(next), null, 2));
              }}
              openJson={() => {
                setTab('json');
                // The link that was followed goes away with its row.
                jsonTab.current?.focus();
              }}
            />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="json" pt="sm">
          {note && (
            <Text size="xs" c="dimmed" mb="xs">
              {note}
            </Text>
          )}
          <JsonEditor
            initial={text}
            label="Input schema"
            isSchema
            change={(next) => {
              setInputs(rowsIn(next));
              change(next);
            }}
          />
        </Tabs.Panel>
      </Tabs>
      {problem && (
        <Text size="sm" c="var(--mantine-color-error)" mt={4} role="alert">
          {problem}
        </Text>
      )}
      <Title order={3} size="h5" mt="md">
        The form that people fill
      </Title>
      {problem ? (
        <Text size="sm" c="dimmed">
          The schema is not finished. Its form appears as soon as the schema has no error.
        </Text>
      ) : (
        <FormOrReason schema={formSchema} value={values} change={setValues} />
      )}
      <SampleList template={values} {...samples} change={samples.changeSamples} />
    </Fieldset>
  );
}

const NO_ROWS = `Rows show a schema of the type object with up to ${ROWS_AT_MOST} inputs, under “properties”.`;
const UNFINISHED = 'A row is not finished. The schema has its input as it was before, or not yet.';

/** The rows of a schema's text; null while rows cannot show it. */
function rowsIn(text: string): InputRows | null {
  const schema = schemaIn(text);
  return schema && rowsOf(schema);
}

type SchemaFieldProps = {
  text: string;
  error: string | undefined;
  change: (text: string) => void;
  /** Reports whether no row has a mistake. */
  setFinished: (isFinished: boolean) => void;
  /** The latest schema that the service could read. */
  formSchema: { [key: string]: unknown };
  samples: readonly Sample[];
  states: readonly SampleState[];
  changeSamples: (samples: readonly Sample[]) => void;
};
