import { TextInput } from '@mantine/core';
import { useDebouncedCallback, useHotkeys } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

/** Finds runs by the beginning of their id, their idempotency key or their order number. `/` goes to it. */
export function SearchBox({ text, search }: { text: string; search: (text: string) => void }) {
  const [typed, type] = useState(text);
  const input = useRef<HTMLInputElement>(null);
  const sent = useRef(text);
  const send = useDebouncedCallback((next: string) => {
    sent.current = next;
    search(next);
  }, 300);
  useHotkeys([['/', () => input.current?.focus()]]);
  // The address may change otherwise, such as by going back. What was typed since it was sent stays.
  useEffect(() => {
    if (text !== sent.current) type(text);
    sent.current = text;
  }, [text]);
  return (
    <TextInput
      ref={input}
      size="xs"
      w={250}
      type="search"
      aria-label="Search runs"
      placeholder="Run id, order number or key"
      leftSection={<Search size={14} aria-hidden />}
      maxLength={255}
      value={typed}
      onChange={({ currentTarget }) => {
        type(currentTarget.value);
        send(currentTarget.value);
      }}
    />
  );
}
