import { Alert, Text } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Address } from '../address.ts';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { useWatch } from '../live/use-watch.ts';
import { storeDraft, useDraft } from '../parts/use-draft.ts';
import { AttributesCard } from './AttributesCard.tsx';
import classes from './Composer.module.css';
import { ComposerHead } from './ComposerHead.tsx';
import { ConflictDialog } from './ConflictDialog.tsx';
import { mergeDrafts } from './conflict.ts';
import { JourneyMatrix } from './JourneyMatrix.tsx';
import {
  draftOf,
  inputOf,
  isSame,
  moved,
  type ProductDraft,
  type StepDraft,
  withComponents,
  withoutSecrets,
} from './product-draft.ts';
import { RunToReplay } from './RunToReplay.tsx';
import { SavedElsewhere } from './SavedElsewhere.tsx';
import { StepEditor } from './StepEditor.tsx';
import { StepList } from './StepList.tsx';
import type { Sample } from './sample.ts';
import { useProblems } from './use-problems.ts';
import { useSave } from './use-save.ts';

/** Edits a product: its steps in the order in which they run, and beside them the one that is selected. */
export function Composer({ product: ref }: { product: FragmentType<typeof Composer_Product> }) {
  const product = readFragment(Composer_Product, ref);
  const { sku, shop = null } = product;
  const [base, setBase] = useState(() => ({ revision: product.revision, draft: draftOf(product) }));
  const draftKey = (revision: number) => `draft ${shop ?? ''} ${sku} ${revision}`;
  const kept = useDraft(draftKey(base.revision), base.draft, { isSame, storable: withoutSecrets });
  const { change, replace, latest, isRestored, discard, isChanged } = kept;
  const draft = withComponents(kept.draft, product);
  const { step: linked, run }: Address = useSearch({ strict: false });
  const [firstRevision] = useState(product.revision);
  const [selected, select] = useState<string | null>(
    (draft.steps.find(({ key }) => key === linked) ?? draft.steps[0])?.key ?? null,
  );
  useEffect(() => {
    if (linked) scrollToEditor();
  }, [linked]);
  const [sample, setSample] = useState<Sample | null>(null);
  const [isPreviewing, setPreviewing] = useState(false);
  const problems = useProblems(sku, shop, base);
  /** Goes on from a stored product. The draft is made of it, and what differs from it is not saved yet. */
  const adopt = (
    stored: FragmentType<typeof Composer_Product>,
    draftFrom: (saved: ProductDraft) => ProductDraft = (saved) => saved,
  ): ProductDraft => {
    const { revision, ...fields } = readFragment(Composer_Product, stored);
    const saved = draftOf(fields);
    const next = draftFrom(saved);
    setBase({ revision, draft: saved });
    replace(next);
    select((key) => (next.steps.some((step) => step.key === key) ? key : (next.steps[0]?.key ?? null)));
    if (!isSame(next, saved)) storeDraft(draftKey(revision), withoutSecrets(next));
    return next;
  };
  // The product is drawn as it was at the last visit, until it is read.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a product that was read is adopted once.
  useEffect(() => {
    if (product.revision > base.revision && !isChanged()) adopt(ref);
  }, [product.revision]);
  const saving = useSave(sku, shop, (stored) => {
    // A step that was new has its id now; the same place stays selected.
    const place = draft.steps.findIndex(({ key }) => key === selected);
    // Changes since the product was sent stay.
    const next = adopt(stored, (saved) => mergeDrafts(draft, latest(), saved).merged);
    select(next.steps[place]?.key ?? null);
  });
  const { data: watched } = useWatch(Composer_Updated, { id: product.id });
  const isBehind =
    watched !== undefined && !saving.isSaving && watched.productUpdated.revision > base.revision;
  const catchUp = (stored: FragmentType<typeof Composer_Product>) => {
    if (isChanged()) return saving.setConflict(stored);
    adopt(stored);
  };
  const input = inputOf(draft, sku, shop);
  const changeStep = (step: StepDraft) =>
    change({ ...draft, steps: draft.steps.map((other) => (other.key === step.key ? step : other)) });
  const step = draft.steps.find(({ key }) => key === selected);
  const errors = saving.errorsOf(draft.steps);
  return (
    <>
      <ComposerHead
        draft={draft}
        base={base}
        error={errors.title}
        setTitle={(title) => change({ ...draft, title })}
        save={input ? () => saving.save({ ...input, expectedRevision: base.revision }) : null}
        isSaving={saving.isSaving}
        isRestored={isRestored}
        hasChanges={isChanged}
        discard={discard}
        back={run && <RunToReplay id={run} isSaved={base.revision > firstRevision && !isChanged()} />}
      />
      {isBehind && <SavedElsewhere isChanged={isChanged()} show={() => catchUp(watched.productUpdated)} />}
      {(errors.form || saving.error) && (
        <Alert color="red" variant="light" title="The product was not saved" role="alert">
          <Text size="sm">{errors.form ?? saving.error}</Text>
        </Alert>
      )}
      <div className={classes.columns}>
        <StepList
          steps={draft.steps}
          shop={shop}
          selected={selected}
          select={(key) => {
            select(key);
            scrollToEditor();
          }}
          errors={errors}
          problems={problems}
          move={(from, to) => change({ ...draft, steps: moved(draft.steps, from, to) })}
          add={(added) => {
            change({ ...draft, steps: [...draft.steps, added] });
            select(added.key);
            scrollToEditor();
          }}
          remove={(key) => {
            const steps = draft.steps.filter((other) => other.key !== key);
            change({ ...draft, steps });
            if (key === selected) select(steps[0]?.key ?? null);
          }}
        />
        {step && (
          <StepEditor
            key={step.key}
            step={step}
            stored={withComponents(base.draft, product).steps.find(({ key }) => key === step.key) ?? null}
            product={input}
            productId={product.id}
            sku={sku}
            shop={shop}
            problems={problems(step)}
            sample={sample}
            setSample={setSample}
            isPreviewing={isPreviewing}
            setPreviewing={setPreviewing}
            change={changeStep}
            errors={errors}
          />
        )}
      </div>
      <JourneyMatrix steps={draft.steps} />
      <AttributesCard
        text={draft.attributes}
        version={base.revision}
        error={errors.attributes}
        change={(attributes) => change({ ...draft, attributes })}
      />
      {saving.conflict && (
        <ConflictDialog
          base={base.draft}
          mine={draft}
          theirs={draftOf(readFragment(Composer_Product, saving.conflict))}
          close={saving.closeConflict}
          resolve={(merged: ProductDraft) => {
            adopt(saving.conflict!, () => merged);
            saving.closeConflict();
          }}
        />
      )}
    </>
  );
}

const Composer_Updated = graphql(`
  subscription Composer_Updated($id: ID!) {
    productUpdated(id: $id) {
      revision
      ...Composer_Product
    }
  }
`);

/** On a narrow screen the step is edited below the list. */
function scrollToEditor(): void {
  if (matchMedia('(max-width: 62em)').matches)
    setTimeout(() => document.getElementById('step')?.scrollIntoView({ block: 'start' }));
}

export const Composer_Product = graphql(`
  fragment Composer_Product on Product {
    id
    sku
    shop
    title
    revision
    attributes
    journeyComponents {
      id
      channelEligibility
      isRequired
      metadata
      component {
        id
        key
        name
        triggers
        inputSchema
        archivedAt
      }
      bindings {
        __typename
        inputKey
        required
        ... on StaticBinding {
          value
          secret
        }
        ... on SecretBinding {
          name
        }
        ... on RuntimeBinding {
          path
        }
        ... on ProductFieldBinding {
          path
        }
      }
    }
  }
`);
