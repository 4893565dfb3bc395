import {
  ActionIcon,
  Autocomplete,
  Checkbox,
  Group,
  PasswordInput,
  Select,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { Trash2 } from 'lucide-react';
import classes from './BindingRow.module.css';
import { choicesIn, type InputSchema, labelOf } from './input-hints.ts';
import { PathPicker } from './PathPicker.tsx';
import { type BindingDraft, type BindingSource, isComplete } from './product-draft.ts';
import type { Found } from './step-preview.ts';

/** One input of the script: its name, where its value comes from, and what is found there. */
export function BindingRow({
  binding,
  inputs,
  schema,
  secrets,
  request,
  found,
  inputError,
  errors,
  change,
  remove,
}: BindingRowProps) {
  const { inputKey, source } = binding;
  const name = inputKey || 'the new input';
  const setSource = (next: BindingSource) => change({ ...binding, source: next });
  return (
    <fieldset className={classes.row} aria-label={`Input ${name}`}>
      <Group gap="xs" align="flex-start" wrap="wrap">
        <Autocomplete
          label="Input"
          className={classes.key}
          data={[...new Set(inputs)]}
          value={inputKey}
          onChange={(value) => change({ ...binding, inputKey: value })}
          description={labelOf(schema)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          error={errors.inputKey}
        />
        <Select
          label="Comes from"
          className={classes.kind}
          data={KINDS}
          value={source.kind}
          onChange={(kind) => kind && setSource(EMPTY[kind as BindingSource['kind']])}
          allowDeselect={false}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          mt={26}
          aria-label={`Remove the input ${name}`}
          onClick={remove}
        >
          <Trash2 size={16} />
        </ActionIcon>
        <div className={classes.source}>
          <Source
            source={source}
            choices={choicesIn(schema)}
            secrets={secrets}
            request={request}
            error={errors.value}
            change={setSource}
          />
        </div>
      </Group>
      <Group gap="md" mt={6} justify="space-between">
        <Result binding={binding} found={found} inputError={inputError} />
        {source.kind !== 'value' && (
          <Checkbox
            size="xs"
            label="The step fails without a value"
            checked={binding.isRequired}
            onChange={(event) => change({ ...binding, isRequired: event.currentTarget.checked })}
          />
        )}
      </Group>
    </fieldset>
  );
}

type BindingRowProps = {
  binding: BindingDraft;
  /** The names that the component's schema offers. */
  inputs: readonly string[];
  /** The schema of the input. */
  schema: InputSchema;
  secrets: readonly string[];
  request: unknown;
  found: Found | undefined;
  inputError: string | undefined;
  errors: { inputKey?: string; value?: string };
  change: (binding: BindingDraft) => void;
  remove: () => void;
};

const KINDS = [
  { value: 'product', label: 'the product' },
  { value: 'run', label: 'the order or run' },
  { value: 'value', label: 'a fixed value' },
  { value: 'secret', label: 'a stored secret' },
];

const EMPTY: Record<BindingSource['kind'], BindingSource> = {
  product: { kind: 'product', path: '' },
  run: { kind: 'run', path: '' },
  value: { kind: 'value', text: '', isSecret: false, isStored: false },
  secret: { kind: 'secret', name: '' },
};

type SourceProps = {
  source: BindingSource;
  /** The texts of the values that the input may have; empty if they are not listed. */
  choices: readonly string[];
  secrets: readonly string[];
  request: unknown;
  error: string | undefined;
  change: (source: BindingSource) => void;
};

function Source({ source, choices, secrets, request, error, change }: SourceProps) {
  switch (source.kind) {
    case 'secret':
      return (
        <Select
          label="Secret"
          placeholder={secrets.length === 0 ? 'There is no secret yet' : 'Choose one'}
          data={[...new Set([...secrets, source.name])].filter(Boolean)}
          value={source.name || null}
          onChange={(name) => change({ kind: 'secret', name: name ?? '' })}
          error={error}
          searchable
        />
      );
    case 'value':
      return <Value source={source} choices={choices} error={error} change={change} />;
    default:
      return (
        <PathPicker
          kind={source.kind}
          path={source.path}
          request={request}
          error={error}
          change={(path) => change({ ...source, path })}
        />
      );
  }
}

function Value({
  source,
  choices,
  error,
  change,
}: Pick<SourceProps, 'choices' | 'error' | 'change'> & {
  source: Extract<BindingSource, { kind: 'value' }>;
}) {
  const shared = { label: 'Value', value: source.text, error };
  const setText = (text: string) => change({ ...source, text });
  return (
    <>
      {source.isSecret ? (
        <PasswordInput
          {...shared}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          placeholder={source.isStored ? 'stored; type to replace it' : undefined}
          autoComplete="off"
        />
      ) : choices.length > 0 ? (
        <Autocomplete
          {...shared}
          data={[...choices]}
          // All choices, also beside the one that is chosen.
          filter={({ options }) => options}
          onChange={setText}
          placeholder="Choose one"
        />
      ) : (
        <TextInput
          {...shared}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          placeholder='text, or JSON such as 12, true or {"a":1}'
        />
      )}
      <Switch
        size="xs"
        mt={6}
        label="Hide the value everywhere"
        checked={source.isSecret}
        onChange={(event) => change({ ...source, isSecret: event.currentTarget.checked, isStored: false })}
      />
    </>
  );
}

/** The value that the preview found for the input, or why there is none. */
function Result({
  binding,
  found,
  inputError,
}: {
  binding: BindingDraft;
  found: Found | undefined;
  inputError?: string;
}) {
  const { source } = binding;
  if (!isComplete(binding))
    return (
      <Text size="xs" c="dimmed">
        Choose where the value comes from.
      </Text>
    );
  // A missing value is the cause of an input that the schema rejects.
  if (found && !found.resolved)
    return (
      <Text size="xs" c={inputError ? 'var(--mantine-color-error)' : 'dimmed'}>
        Nothing found: {found.reason}
      </Text>
    );
  // A value that nobody has typed yet is no mistake.
  const isNew = source.kind === 'value' && source.text === '' && !source.isStored;
  if (inputError)
    return (
      <Text size="xs" c={isNew ? 'dimmed' : 'var(--mantine-color-error)'}>
        {inputError}
      </Text>
    );
  if (!found) return <Text size="xs" c="dimmed" />;
  const isHidden = source.kind === 'secret' || (source.kind === 'value' && source.isSecret);
  const text = isHidden ? '(hidden)' : (JSON.stringify(found.value) ?? '');
  return (
    <Text size="xs" c="dimmed" className={classes.found}>
      Found: <span className="mono">{text.length > 90 ? `${text.slice(0, 90)}…` : text}</span>
    </Text>
  );
}
