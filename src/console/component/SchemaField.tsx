import { Fieldset, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { FormOrReason } from '../parts/FormOrReason.tsx';
import { JsonEditor } from '../parts/JsonEditor.tsx';
import { schemaIn } from './component-draft.ts';
import { SampleList } from './SampleList.tsx';
import type { Sample, SampleState } from './samples.ts';

/** The JSON Schema of the script's inputs, the form that it makes for people, and samples of inputs. */
export function SchemaField({ text, error, change, formSchema, ...samples }: SchemaFieldProps) {
  const [inputs, setInputs] = useState<{ [key: string]: unknown }>({});
  const problem = error ?? (schemaIn(text) ? null : 'The schema is not a JSON object yet.');
  return (
    <Fieldset legend="Inputs">
      <Text size="xs" c="dimmed" mb="xs">
        A JSON Schema. A run whose inputs do not fit fails before its script is called.
      </Text>
      <JsonEditor initial={text} label="Input schema" isSchema change={change} error={problem} />
      <Title order={3} size="h5" mt="md">
        The form that people fill
      </Title>
      {problem ? (
        <Text size="sm" c="dimmed">
          The schema is not finished. Its form appears as soon as the schema has no error.
        </Text>
      ) : (
        <FormOrReason schema={formSchema} value={inputs} change={setInputs} />
      )}
      <SampleList template={inputs} {...samples} change={samples.changeSamples} />
    </Fieldset>
  );
}

type SchemaFieldProps = {
  text: string;
  error: string | undefined;
  change: (text: string) => void;
  /** The latest schema that the service could read. */
  formSchema: { [key: string]: unknown };
  samples: readonly Sample[];
  states: readonly SampleState[];
  changeSamples: (samples: readonly Sample[]) => void;
};
