import { Button, Group, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Address } from '../address.ts';
import type { List } from '../api/use-list.ts';
import { Empty } from './Empty.tsx';
import { plural } from './format.ts';
import { Page } from './Page.tsx';
import { Problem } from './Problem.tsx';
import { TableFrame } from './TableFrame.tsx';
import { TableSkeleton } from './TableSkeleton.tsx';

/** A page with a list: a search that is in the address, further filters, the rows, and "Show more". */
export function ListPage<Node extends { id: string }>({
  title,
  things,
  searchHint,
  actions,
  filters,
  columns,
  list,
  row,
  empty,
}: ListPageProps<Node>) {
  const { address, setAddress } = useListAddress();
  const { nodes, error } = list;
  return (
    <Page title={title} actions={actions}>
      <Group>
        <SearchField
          things={things}
          hint={searchHint}
          searched={address.search ?? ''}
          search={(text) => setAddress({ search: text })}
        />
        {filters}
      </Group>
      {error && <Problem error={error} retry={() => void list.reload()} />}
      {!nodes && !error && <TableSkeleton />}
      {nodes?.length === 0 && !list.more && (
        <Empty
          icon={empty.icon}
          title={empty.title}
          action={
            Object.values(address).some(Boolean) && (
              <Button variant="default" size="xs" onClick={() => setAddress(null)}>
                Show all {things}
              </Button>
            )
          }
        >
          {empty.text}
        </Empty>
      )}
      {nodes && nodes.length > 0 && (
        <TableFrame label={title} columns={columns}>
          {nodes.map(row)}
        </TableFrame>
      )}
      {nodes && (nodes.length > 0 || list.more) && (
        <Group justify="space-between">
          <Text size="sm" c="dimmed" role="status">
            {plural(list.totalCount, things.slice(0, -1), list.isCountExact)}
          </Text>
          {list.more && (
            <Button variant="default" size="xs" loading={list.isLoadingMore} onClick={list.more}>
              Show more
            </Button>
          )}
        </Group>
      )}
    </Page>
  );
}

type ListPageProps<Node> = {
  title: string;
  /** The plural noun of the rows, which ends with "s", such as "orders". */
  things: string;
  /** The fields that the search looks at. */
  searchHint: string;
  actions?: ReactNode;
  filters?: ReactNode;
  columns: readonly string[];
  list: List<Node>;
  row: (node: Node) => ReactNode;
  empty: { icon: ReactNode; title: string; text: string };
};

/** The parameters of the address of a list, and a function that changes some of them, or deletes all with null. */
export function useListAddress() {
  const address: Address = useSearch({ strict: false });
  const navigate = useNavigate();
  const setAddress = (change: Address | null) => {
    const search = change && { ...address, ...change };
    void navigate({ to: '.', search: (search ?? {}) as never, replace: true });
  };
  return { address, setAddress };
}

function SearchField({ things, hint, searched, search }: SearchFieldProps) {
  const [text, setText] = useState(searched);
  const sent = useRef(searched);
  // The address changes by "Show all" and by the browser's back button too.
  useEffect(() => {
    if (searched !== sent.current) setText(searched);
    sent.current = searched;
  }, [searched]);
  const send = useDebouncedCallback((typed: string) => {
    sent.current = typed;
    search(typed);
  }, 250);
  return (
    <TextInput
      type="search"
      aria-label={`Search ${things}`}
      placeholder={hint}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        send(currentTarget.value);
      }}
      leftSection={<Search size={15} aria-hidden />}
      maxLength={200}
      w={340}
      maw="100%"
    />
  );
}

type SearchFieldProps = {
  things: string;
  hint: string;
  /** The search in the address. */
  searched: string;
  search: (text: string) => void;
};
