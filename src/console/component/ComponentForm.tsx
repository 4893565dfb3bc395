import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { ActionButton } from '../parts/ActionButton.tsx';
import { plural } from '../parts/format.ts';
import { LeaveGuard } from '../parts/LeaveGuard.tsx';
import { useRefusal } from '../parts/permissions.ts';
import { ReadOnlyNote } from '../parts/ReadOnlyNote.tsx';
import { storeDraft, useDraft } from '../parts/use-draft.ts';
import classes from './ComponentForm.module.css';
import { type ComponentDraft, changesIn, definitionOf, fieldOf, schemaIn } from './component-draft.ts';
import { DefinitionFields } from './DefinitionFields.tsx';
import { mergeDrafts } from './merge-drafts.ts';
import { RetryFields } from './RetryFields.tsx';
import { SchemaField } from './SchemaField.tsx';
import { inputsOf, stateOf } from './samples.ts';
import { BrokenSteps, UpdateEffect } from './UpdateEffect.tsx';
import { useComponentPreview } from './use-component-preview.ts';
import { useSamples } from './use-samples.ts';

/** Edits the definition of a component. While people type, the service says what does not fit and what would break. */
export function ComponentForm({
  place,
  initial,
  stored,
  mistakes,
  error,
  conflict,
  isSaving,
  action,
  save,
}: ComponentFormProps) {
  const { version } = stored ?? { version: 0 };
  const { draft, change, replace, latest, isRestored, discard, isChanged } = useDraft(
    draftKey(place, version),
    initial,
    OPTIONS,
  );
  const { samples, setSamples } = useSamples(place);
  // The editor of the schema begins anew with a draft that was not typed into it.
  const [editor, setEditor] = useState(0);
  const [isFinished, setFinished] = useState(true);
  const definition = stored ? changesIn(initial, draft) : definitionOf(draft);
  const schema = schemaIn(draft.inputSchema);
  const preview = useComponentPreview({
    id: stored?.id ?? null,
    definition,
    schema: schema ?? {},
    samples: samples.map((sample) => inputsOf(sample) ?? {}),
  });
  const states = samples.map((sample, index) => stateOf(sample, preview.results[index]?.inputErrors));
  const unexpected = states.filter(({ isAsExpected }) => isAsExpected === false).length;
  const errors: FormErrors = {};
  for (const { path, message } of [...preview.mistakes, ...mistakes]) errors[fieldOf(path)] ??= message;
  const set = (part: Partial<ComponentDraft>) => change({ ...draft, ...part });
  const refusal = useRefusal('WRITE_CATALOGUE');
  const unsaved = stored === null || isChanged();
  const unfinished = isFinished
    ? definition === null && 'The schema is not a JSON object yet'
    : 'A row of the inputs is not finished';
  const reason = refusal ?? (unfinished || (unsaved ? null : 'Nothing is changed'));
  const breaks = preview.effect !== null && unsaved;
  const forget: Forget = (saved) => {
    if (!saved) return replace(stored ? draft : initial);
    // Changes since the version was sent stay.
    const { merged } = mergeDrafts(draft, latest(), saved.draft);
    replace(merged);
    if (!OPTIONS.isSame(merged, saved.draft)) storeDraft(draftKey(place, saved.version), merged);
  };
  const submit = () => void save(draft, forget).catch(() => {});
  useHotkeys([['mod+s', () => !reason && !isSaving && submit()]], []);
  return (
    // Enter ends a field. It would save the component, or register one under a key that never changes.
    <form
      onKeyDown={(event) =>
        event.key === 'Enter' && event.target instanceof HTMLInputElement && event.preventDefault()
      }
      // The service checks the fields. The form of the schema, which is within, needs no values.
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <ReadOnlyNote reason={refusal} />
      {isRestored && unsaved && (
        <Alert color="blue" variant="light" title="Your changes are still here">
          They were typed in this browser and have not been saved. Save them, or discard them.
        </Alert>
      )}
      <div className={classes.columns}>
        <Stack>
          <DefinitionFields draft={draft} change={set} errors={errors} isNew={stored === null} />
          <RetryFields draft={draft} change={set} errors={errors} />
        </Stack>
        <SchemaField
          key={editor}
          text={draft.inputSchema}
          error={errors.inputSchema}
          change={(inputSchema) => set({ inputSchema })}
          setFinished={setFinished}
          formSchema={preview.schema}
          samples={samples}
          states={states}
          changeSamples={setSamples}
        />
      </div>
      {conflict}
      {(errors.form || error) && (
        <Alert color="red" variant="light" title="The component was not saved" role="alert">
          <Text size="sm">{errors.form ?? error}</Text>
        </Alert>
      )}
      {breaks && preview.effect && <UpdateEffect preview={preview.effect} next={version + 1} />}
      <Group className={classes.foot}>
        <ActionButton type="submit" loading={isSaving} reason={reason}>
          {action}
        </ActionButton>
        {(isChanged() || !isFinished) && (
          <Button
            variant="default"
            onClick={() => {
              discard();
              setEditor(editor + 1);
            }}
          >
            Discard
          </Button>
        )}
        {breaks && preview.effect && <BrokenSteps preview={preview.effect} />}
        {unexpected > 0 && (
          <Text size="sm" c="var(--mantine-color-error)">
            {plural(unexpected, 'sample')} {unexpected === 1 ? 'is' : 'are'} not as expected.
          </Text>
        )}
      </Group>
      <LeaveGuard
        isChanged={() => isChanged() || !isFinished}
        thing="component"
        lost={!isFinished && 'The row of the inputs that is not finished is lost.'}
      />
    </form>
  );
}

/** Where the browser stores the draft of a version. */
export const draftKey = (place: string, version: number) => `draft component ${place} ${version}`;

const OPTIONS = {
  isSame: (one: ComponentDraft, other: ComponentDraft) => JSON.stringify(one) === JSON.stringify(other),
  storable: (draft: ComponentDraft) => draft,
};

type ComponentFormProps = {
  /** Identifies the component in this browser. */
  place: string;
  initial: ComponentDraft;
  /** null for a new component. */
  stored: { id: string; version: number } | null;
  mistakes: readonly { path: readonly string[]; message: string }[];
  /** Why the request failed as a whole. */
  error: string | undefined;
  /** Shown where somebody else saved a version meanwhile. */
  conflict?: ReactNode;
  isSaving: boolean;
  action: string;
  save: (draft: ComponentDraft, forget: Forget) => Promise<void>;
};

/** Deletes the browser's copy of a draft that was sent, and stores what was typed since for the version that was saved. */
export type Forget = (saved?: { draft: ComponentDraft; version: number }) => void;

type FormErrors = { [Field in keyof ComponentDraft | 'form']?: string };

export type FieldsProps = {
  draft: ComponentDraft;
  change: (part: Partial<ComponentDraft>) => void;
  errors: FormErrors;
};
