import { Button, Group, Menu } from '@mantine/core';
import { Plus } from 'lucide-react';
import { type StepDraft, unboundInputs } from './product-draft.ts';

/** Adds a binding: for an input that the schema names, or for one of another name. */
export function AddBinding({ step, add }: { step: StepDraft; add: (inputKey: string) => void }) {
  const names = unboundInputs(step);
  const button = (
    <Button
      variant="default"
      size="xs"
      leftSection={<Plus size={14} aria-hidden />}
      onClick={names.length === 0 ? () => add('') : undefined}
    >
      Fill another input
    </Button>
  );
  if (names.length === 0) return <Group>{button}</Group>;
  return (
    <Group>
      <Menu shadow="md" position="bottom-start">
        <Menu.Target>{button}</Menu.Target>
        <Menu.Dropdown>
          {names.map((name) => (
            <Menu.Item key={name} onClick={() => add(name)}>
              <span className="mono">{name}</span>
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => add('')}>Another name…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
