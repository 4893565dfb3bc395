import { Fieldset, Group, MultiSelect, Stack, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import type { Trigger } from '../api/generated/graphql.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { TRIGGER_HINTS, TRIGGER_TEXTS } from '../parts/trigger-texts.ts';
import type { FieldsProps } from './ComponentForm.tsx';
import { keyFrom } from './component-draft.ts';

/** The fields for the component's name, its triggers, and the script that it runs. */
export function DefinitionFields({ draft, change, errors, isNew }: FieldsProps & { isNew: boolean }) {
  const { data } = useOperation(DefinitionFields_Query, {}, { staleTime: 60_000 });
  const text = (name: 'key' | 'name' | 'description' | 'scriptSlug' | 'scriptRuntime' | 'scriptVersion') => ({
    value: draft[name],
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  });
  const keyed = (key: string) => ({ key, ...(draft.scriptSlug === draft.key && { scriptSlug: key }) });
  return (
    <>
      <Fieldset legend="Component">
        <Stack gap="sm">
          <TextInput
            label="Name"
            required
            {...text('name')}
            onChange={({ currentTarget: { value: name } }) => {
              // The key follows the name, and the script's name the key, until somebody writes another one.
              const follows = isNew && draft.key === keyFrom(draft.name);
              change({ name, ...(follows && keyed(keyFrom(name))) });
            }}
          />
          {isNew && (
            <TextInput
              label="Key"
              description="The name of the component for programs, such as gift-note: a-z, 0-9, dot, hyphen and underscore. It never changes."
              placeholder="gift-note"
              required
              {...text('key')}
              onChange={({ currentTarget: { value: key } }) => change(keyed(key))}
            />
          )}
          <Textarea label="Description" autosize minRows={2} {...text('description')} />
          <MultiSelect
            label="Runs"
            description="What may start a run of the component."
            data={Object.entries(TRIGGER_TEXTS).map(([value, label]) => ({ value, label }))}
            value={[...draft.triggers]}
            onChange={(triggers) => change({ triggers: triggers as Trigger[] })}
            renderOption={({ option: { label, value } }) => (
              <div>
                {label}
                <Text size="xs" c="dimmed">
                  {TRIGGER_HINTS[value as Trigger]}
                </Text>
              </div>
            )}
            maxDropdownHeight={340}
            error={errors.triggers}
            required
          />
        </Stack>
      </Fieldset>
      <Fieldset legend="Script">
        <Stack gap="sm">
          <TextInput
            label="Slug"
            description={`The name by which your script host finds the script, such as gift/note.${isNew ? ' It is the key until you write another.' : ''}`}
            placeholder="gift/note"
            required
            {...text('scriptSlug')}
          />
          <Group grow align="flex-start">
            <TextInput
              label="Runtime"
              description="What the script runs on, such as node-22. Your script host reads it."
              required
              {...text('scriptRuntime')}
            />
            <TextInput
              label="Version"
              description="That of the script, such as 1.4.0. Empty: the newest of your script host."
              placeholder="newest"
              {...text('scriptVersion')}
            />
          </Group>
          <TagsInput
            label="Providers"
            description="Services that the script needs, such as printer. A question mark at the end: optional."
            data={[...new Set(data?.components?.nodes.flatMap(providersOf))]}
            value={[...draft.providers]}
            onChange={(providers) => change({ providers })}
            error={errors.providers}
          />
        </Stack>
      </Fieldset>
    </>
  );
}

const providersOf = ({ providerDependencies }: { providerDependencies: readonly { key: string }[] }) =>
  providerDependencies.map(({ key }) => key);

const DefinitionFields_Query = graphql(`
  query DefinitionFields_Query {
    components(first: 100) {
      nodes {
        providerDependencies {
          key
        }
      }
    }
  }
`);
