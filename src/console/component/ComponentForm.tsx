import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import classes from './ComponentForm.module.css';
import { type ComponentDraft, definitionOf, fieldOf } from './component-draft.ts';
import { DefinitionFields } from './DefinitionFields.tsx';
import { RetryFields } from './RetryFields.tsx';
import { SchemaField } from './SchemaField.tsx';

/** Edits the definition of a component. Errors of the service stand beside their fields. */
export function ComponentForm({
  initial,
  isNew,
  mistakes,
  error,
  isSaving,
  action,
  save,
}: ComponentFormProps) {
  const [draft, setDraft] = useState(initial);
  const errors: FormErrors = {};
  for (const { path, message } of mistakes) errors[fieldOf(path)] ??= message;
  const change = (part: Partial<ComponentDraft>) => setDraft({ ...draft, ...part });
  const isChanged = isNew || JSON.stringify(draft) !== JSON.stringify(initial);
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save(draft).catch(() => {});
      }}
    >
      <div className={classes.columns}>
        <Stack>
          <DefinitionFields draft={draft} change={change} errors={errors} isNew={isNew} />
          <RetryFields draft={draft} change={change} errors={errors} />
        </Stack>
        <SchemaField
          text={draft.inputSchema}
          error={errors.inputSchema}
          change={(inputSchema) => change({ inputSchema })}
        />
      </div>
      {(errors.form || error) && (
        <Alert color="red" variant="light" title="The component was not saved" role="alert">
          <Text size="sm">{errors.form ?? error}</Text>
        </Alert>
      )}
      <Group>
        <Button type="submit" loading={isSaving} disabled={!isChanged || !definitionOf(draft)}>
          {action}
        </Button>
        {!isNew && (
          <Text size="sm" c="dimmed">
            {isChanged
              ? 'Saving makes a new version. Runs that are queued keep theirs.'
              : 'Nothing is changed.'}
          </Text>
        )}
      </Group>
    </form>
  );
}

type ComponentFormProps = {
  initial: ComponentDraft;
  isNew: boolean;
  mistakes: readonly { path: readonly string[]; message: string }[];
  /** Why the request failed as a whole. */
  error: string | undefined;
  isSaving: boolean;
  action: string;
  save: (draft: ComponentDraft) => Promise<void>;
};

type FormErrors = { [Field in keyof ComponentDraft | 'form']?: string };

export type FieldsProps = {
  draft: ComponentDraft;
  change: (part: Partial<ComponentDraft>) => void;
  errors: FormErrors;
};
