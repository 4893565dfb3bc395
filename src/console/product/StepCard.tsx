import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ActionIcon, Group, Menu, Text } from '@mantine/core';
import { ArrowDown, ArrowUp, CircleAlert, EllipsisVertical, GripVertical, Trash2 } from 'lucide-react';
import { plural } from '../parts/format.ts';
import type { StepDraft } from './product-draft.ts';
import classes from './StepList.module.css';
import { sourceText, whenText } from './step-sentence.ts';

/** A step as a sentence: its component, when and where it runs, and what fills its inputs. */
export function StepCard({
  step,
  place,
  count,
  isSelected,
  problems,
  hasError,
  select,
  move,
  remove,
}: StepCardProps) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } =
    useSortable({
      id: step.key,
    });
  const { name, archivedAt } = step.component;
  return (
    <li
      ref={setNodeRef}
      className={classes.step}
      data-selected={isSelected}
      data-dragging={isDragging}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <button
        type="button"
        ref={setActivatorNodeRef}
        className={classes.grip}
        {...attributes}
        {...listeners}
        aria-label={`Move ${name}`}
      >
        <GripVertical size={16} aria-hidden />
      </button>
      <button type="button" className={classes.text} onClick={select} aria-pressed={isSelected}>
        <Group gap={6} wrap="nowrap">
          <span className={classes.name}>{name}</span>
          {step.isRequired && <span className={classes.tag}>required</span>}
          {archivedAt && <span className={classes.tag}>archived: does not run</span>}
          {problems > 0 && <span className={classes.problems}>{plural(problems, 'problem')}</span>}
          {hasError && <CircleAlert size={15} className={classes.error} aria-label="has an error" />}
        </Group>
        <Text size="xs" c="dimmed" component="span" display="block">
          {whenText(step)}
        </Text>
        {step.bindings.length > 0 && (
          <span className={classes.bindings}>
            {step.bindings.map((binding) => (
              <span key={binding.key}>
                {binding.inputKey || '…'} = <span className="mono">{sourceText(binding)}</span>
              </span>
            ))}
          </span>
        )}
      </button>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Actions for ${name}`}>
            <EllipsisVertical size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<ArrowUp size={14} />}
            disabled={place === 0}
            onClick={() => move(place - 1)}
          >
            Move up
          </Menu.Item>
          <Menu.Item
            leftSection={<ArrowDown size={14} />}
            disabled={place === count - 1}
            onClick={() => move(place + 1)}
          >
            Move down
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<Trash2 size={14} />} onClick={remove}>
            Remove
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}

type StepCardProps = {
  step: StepDraft;
  /** From 0. */
  place: number;
  count: number;
  isSelected: boolean;
  /** The number of problems of the step as it is stored. */
  problems: number;
  hasError: boolean;
  select: () => void;
  move: (to: number) => void;
  remove: () => void;
};
