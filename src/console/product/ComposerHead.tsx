import { Alert, Button, Group, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { ActionButton } from '../parts/ActionButton.tsx';
import { LeaveGuard } from '../parts/LeaveGuard.tsx';
import { useRefusal } from '../parts/permissions.ts';
import { ReadOnlyNote } from '../parts/ReadOnlyNote.tsx';
import classes from './Composer.module.css';
import { isSame, type ProductDraft } from './product-draft.ts';

/** The title of the product, and whether and how it is saved, in sight on the whole page. Leaving with changes needs a confirmation. */
export function ComposerHead({
  draft,
  base,
  error,
  setTitle,
  save,
  isSaving,
  isRestored,
  hasChanges,
  discard,
  back,
}: ComposerHeadProps) {
  const isChanged = !isSame(draft, base.draft);
  const refusal = useRefusal('WRITE_CATALOGUE');
  const reason =
    refusal ?? (!isChanged ? 'Nothing is changed' : save ? null : 'The attributes are not a JSON object yet');
  useHotkeys([['mod+s', () => !reason && !isSaving && save?.()]], []);
  return (
    <>
      <ReadOnlyNote reason={refusal} />
      <Group justify="space-between" align="flex-end" gap="sm" className={classes.head}>
        <TextInput
          label="Title"
          value={draft.title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          error={error}
          className={classes.title}
        />
        <Group gap="xs" className={classes.actions}>
          <span className={classes.state} role="status">
            {isChanged ? 'Not saved' : `Saved, revision ${base.revision}`}
          </span>
          {back}
          {isChanged && (
            <Button variant="default" size="sm" disabled={isSaving} onClick={discard}>
              Discard
            </Button>
          )}
          <ActionButton size="sm" loading={isSaving} reason={reason} act={() => save?.()}>
            Save
          </ActionButton>
        </Group>
      </Group>
      {isRestored && isChanged && (
        <Alert color="blue" variant="light" title="Your changes are still here">
          They were typed in this browser and have not been saved. Save them, or discard them.
        </Alert>
      )}
      <LeaveGuard isChanged={hasChanges} thing="product" />
    </>
  );
}

type ComposerHeadProps = {
  draft: ProductDraft;
  base: { revision: number; draft: ProductDraft };
  error: string | undefined;
  setTitle: (title: string) => void;
  /** null while the draft cannot be sent. */
  save: (() => void) | null;
  isSaving: boolean;
  isRestored: boolean;
  /** Whether there are changes at this moment, also before the page is drawn again. */
  hasChanges: () => boolean;
  discard: () => void;
  /** The way back to the page from which a person came to edit the product. */
  back: ReactNode;
};
