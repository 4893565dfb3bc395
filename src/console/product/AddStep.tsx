import { Button, Popover, ScrollArea, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Address } from '../address.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { PageLink } from '../parts/PageLink.tsx';
import classes from './AddStep.module.css';
import { newStep, type StepDraft } from './product-draft.ts';
import { whenText } from './step-sentence.ts';

/** Chooses a component by its name or key, and adds it as the last step. A link may have chosen one already. */
export function AddStep({ shop, add }: { shop: string | null; add: (step: StepDraft) => void }) {
  const { add: linked = '', ...others }: Address = useSearch({ strict: false });
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text, 200);
  const { data, error } = useOperation(AddStep_Query, { search: search || null, shop }, { enabled: isOpen });
  const link = useOperation(AddStep_Linked, { key: linked, shop }, { enabled: linked !== '' });
  const chosen = linked !== '' && !link.isPlaceholderData ? link.data?.component : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the component of a link is added once.
  useEffect(() => {
    if (chosen === undefined) return;
    if (chosen && !chosen.archivedAt) add(newStep(chosen));
    else {
      setText(linked);
      setOpen(true);
    }
    // The page that is loaded again does not add it again.
    void navigate({ to: '.', search: others as never, replace: true, resetScroll: false });
  }, [chosen]);
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
      width="target"
    >
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          fullWidth
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => setOpen(!isOpen)}
        >
          Add a step
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <TextInput
          aria-label="Search components"
          placeholder="Name or key of a component"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          size="xs"
          data-autofocus
        />
        <ScrollArea.Autosize mah={280} mt="xs">
          <Stack gap={2}>
            {data?.components?.nodes.map((component) => (
              <UnstyledButton
                key={component.id}
                className={classes.component}
                onClick={() => {
                  add(newStep(component));
                  setOpen(false);
                  setText('');
                }}
              >
                <Text size="sm" fw={550}>
                  {component.name}
                </Text>
                <Text size="xs" c="dimmed">
                  {component.key} · {whenText({ component, channels: [] })}
                </Text>
              </UnstyledButton>
            ))}
          </Stack>
          {(error || data?.components?.nodes.length === 0) && (
            <Text size="sm" c="dimmed" p="xs">
              {error ? (
                error.message
              ) : (
                <>
                  No component matches.{' '}
                  <PageLink to="/admin/components/new" underline="always">
                    Register a component
                  </PageLink>
                </>
              )}
            </Text>
          )}
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}

const AddStep_Linked = graphql(`
  query AddStep_Linked($key: String!, $shop: String) {
    component(key: $key, shop: $shop) {
      id
      key
      name
      triggers
      inputSchema
      archivedAt
    }
  }
`);

const AddStep_Query = graphql(`
  query AddStep_Query($search: String, $shop: String) {
    components(search: $search, shop: $shop, first: 50) {
      nodes {
        id
        key
        name
        triggers
        inputSchema
      }
    }
  }
`);
