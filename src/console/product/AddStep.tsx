import { Button, Popover, ScrollArea, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Address } from '../address.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { PageLink } from '../parts/PageLink.tsx';
import classes from './AddStep.module.css';
import { newStep, type StepDraft } from './product-draft.ts';
import { whenText } from './step-sentence.ts';

/** Chooses a component by its name or key, and adds it as the last step. A link may have chosen it already. */
export function AddStep({ shop, add }: { shop: string | null; add: (step: StepDraft) => void }) {
  const { add: linked = '' }: Address = useSearch({ strict: false });
  const [isOpen, setOpen] = useState(linked !== '');
  const [text, setText] = useState(linked);
  const [search] = useDebouncedValue(text, 200);
  const { data, error } = useOperation(AddStep_Query, { search: search || null, shop }, { enabled: isOpen });
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" shadow="md" trapFocus width="target">
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
