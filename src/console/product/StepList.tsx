import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { Text, Title } from '@mantine/core';
import { AddStep } from './AddStep.tsx';
import composer from './Composer.module.css';
import type { FieldErrors } from './field-errors.ts';
import type { StepDraft } from './product-draft.ts';
import { StepCard } from './StepCard.tsx';
import classes from './StepList.module.css';

/** The steps in the order in which they run. They are ordered by dragging, by the keyboard, and by buttons. */
export function StepList({
  steps,
  shop,
  selected,
  select,
  errors,
  problems,
  move,
  add,
  remove,
}: StepListProps) {
  const sensors = useSensors(
    // A click selects; only a real movement drags.
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const placeOf = (key: unknown) => steps.findIndex((step) => step.key === key);
  const drop = ({ active, over }: DragEndEvent) => over && move(placeOf(active.id), placeOf(over.id));
  const name = (key: unknown) => steps[placeOf(key)]?.component.name ?? 'The step';
  return (
    <section className={composer.card} aria-labelledby="steps">
      <Title order={2} id="steps">
        Steps
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        They run in this order, each where it is eligible.
      </Text>
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        onDragEnd={drop}
        accessibility={{
          announcements: {
            onDragStart: ({ active }) =>
              `${name(active.id)} is picked up, at place ${placeOf(active.id) + 1}.`,
            onDragOver: ({ active, over }) =>
              over ? `${name(active.id)} is over place ${placeOf(over.id) + 1}.` : undefined,
            onDragEnd: ({ active, over }) =>
              `${name(active.id)} is at place ${placeOf(over?.id ?? active.id) + 1} of ${steps.length}.`,
            onDragCancel: ({ active }) => `${name(active.id)} stays at place ${placeOf(active.id) + 1}.`,
          },
        }}
      >
        <SortableContext items={steps.map(({ key }) => key)} strategy={verticalListSortingStrategy}>
          <ol className={classes.list} aria-label="Steps in order">
            {steps.map((step, index) => (
              <StepCard
                key={step.key}
                step={step}
                place={index}
                count={steps.length}
                isSelected={step.key === selected}
                problems={problems(step).length}
                hasError={Object.keys(errors).some(
                  (field) => field === step.key || field.startsWith(`${step.key}.`),
                )}
                select={() => select(step.key)}
                move={(to) => move(index, to)}
                remove={() => remove(step.key)}
              />
            ))}
          </ol>
        </SortableContext>
      </DndContext>
      {steps.length === 0 && (
        <Text size="sm" c="dimmed" mb="sm">
          Nothing runs for this product yet. Add the first step.
        </Text>
      )}
      <AddStep shop={shop} add={add} />
    </section>
  );
}

type StepListProps = {
  steps: readonly StepDraft[];
  shop: string | null;
  selected: string | null;
  select: (key: string) => void;
  errors: FieldErrors;
  problems: (step: StepDraft) => readonly string[];
  move: (from: number, to: number) => void;
  add: (step: StepDraft) => void;
  remove: (key: string) => void;
};
