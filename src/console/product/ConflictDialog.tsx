import { Button, Group, Modal, Radio, Skeleton, Stack, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import foot from '../parts/DialogFoot.module.css';
import { withSortedKeys } from '../parts/sorted-keys.ts';
import { type Conflict, mergeDrafts, storedPart } from './conflict.ts';
import type { ProductDraft } from './product-draft.ts';

const JsonDiff = lazy(() => import('../parts/JsonDiff.tsx').then((module) => ({ default: module.JsonDiff })));

/** Somebody else saved the product meanwhile. What only one changed is merged; for the rest the viewer decides. */
export function ConflictDialog({ base, mine, theirs, resolve, close }: ConflictDialogProps) {
  const { merged, conflicts } = mergeDrafts(base, mine, theirs);
  const [choices, setChoices] = useState<Record<string, 'mine' | 'theirs'>>({});
  const takeOver = () => {
    const chosen = conflicts
      .filter(({ part }) => choices[part] === 'theirs')
      .map(({ part }) => [part, theirs[part]]);
    resolve({ ...merged, ...Object.fromEntries(chosen) });
  };
  return (
    <Modal
      opened
      onClose={close}
      size="60rem"
      title="Somebody else saved this product"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack>
        <Text size="sm">
          {conflicts.length === 0
            ? 'You changed different parts. Both changes fit together; look at the product, then save it.'
            : 'You both changed the parts below. Choose one of the two for each; the other parts are merged.'}
        </Text>
        {conflicts.map((conflict) => (
          <section key={conflict.part} aria-label={conflict.label}>
            <Radio.Group
              label={conflict.label}
              value={choices[conflict.part] ?? 'mine'}
              onChange={(choice) => setChoices({ ...choices, [conflict.part]: choice as 'mine' | 'theirs' })}
            >
              <Group mt={4} mb="xs">
                <Radio value="mine" label="Mine" />
                <Radio value="theirs" label="Theirs" />
              </Group>
            </Radio.Group>
            <Suspense fallback={<Skeleton height={80} />}>
              <JsonDiff
                before={textOfPart(theirs, conflict)}
                after={textOfPart(mine, conflict)}
                labels={LABELS}
              />
            </Suspense>
          </section>
        ))}
        <Group justify="flex-end" className={foot.foot}>
          <Button variant="default" onClick={close}>
            Back to my changes
          </Button>
          <Button onClick={takeOver}>Merge</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

type ConflictDialogProps = {
  base: ProductDraft;
  mine: ProductDraft;
  theirs: ProductDraft;
  resolve: (merged: ProductDraft) => void;
  close: () => void;
};

const LABELS = ['Theirs', 'Mine'] as const;

function textOfPart(draft: ProductDraft, { part }: Conflict): string {
  const stored = storedPart(draft, part);
  // A text is shown as it is: the title, and attributes that are not a JSON object yet.
  return typeof stored === 'string' ? stored : JSON.stringify(withSortedKeys(stored), null, 2);
}
