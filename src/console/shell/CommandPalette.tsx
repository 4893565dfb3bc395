import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useNavigate } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { PAGES } from './pages.ts';
import { useCommands } from './use-commands.tsx';
import { type GoTo, useThings } from './use-things.tsx';

const [store, palette] = createSpotlight();
export const openPalette = palette.open;

/** Finds things of the installation by id, key, name, SKU or number, actions by their words, and pages. */
export function CommandPalette({ showKeys }: { showKeys: () => void }) {
  const [text, setText] = useState('');
  const [term] = useDebouncedValue(text.trim(), 200);
  const navigate = useNavigate();
  const goTo: GoTo = (to, params = {}, search = {}) => void navigate({ to, params, search } as never);
  const things = useThings(term, goTo);
  const commands = useCommands(goTo, showKeys).filter(({ label, keywords }) =>
    matches(`${label} ${keywords}`, text),
  );
  const pages = PAGES.filter(({ label, keywords }) => matches(`${label} ${keywords}`, text)).map(
    ({ to, label, icon: Icon }) => ({
      id: to,
      label,
      leftSection: <Icon size={18} aria-hidden />,
      onClick: () => goTo(to),
    }),
  );
  const groups: SpotlightActionGroupData[] = [
    { group: 'Found', actions: things },
    { group: 'Pages', actions: pages },
    { group: 'Actions', actions: commands },
  ];
  return (
    <Spotlight
      store={store}
      shortcut={['mod + K']}
      query={text}
      onQueryChange={setText}
      filter={(_, actions) => actions}
      actions={groups.filter(({ actions }) => actions.length > 0)}
      nothingFound="Nothing has this name, key, SKU, number or id."
      scrollable
      maxHeight={480}
      attributes={{ content: { 'aria-label': 'Command palette' } }}
      searchProps={{
        leftSection: <Search size={18} aria-hidden />,
        placeholder: 'Search pages and actions, or a run id, key, SKU or order number',
        'aria-label': 'Search',
      }}
    />
  );
}

const matches = (words: string, text: string) => words.toLowerCase().includes(text.trim().toLowerCase());
