import { Autocomplete } from '@mantine/core';
import { useEffect, useState } from 'react';

/** A filter that is typed. It takes effect by Enter, by leaving the field, or by choosing a suggestion. */
export function FilterText({ label, placeholder, value, suggestions = [], change }: FilterTextProps) {
  const [text, setText] = useState(value);
  // The filter is changed elsewhere too: by a row, by Clear, and by going back.
  useEffect(() => setText(value), [value]);
  const send = () => change(text.trim());
  return (
    <Autocomplete
      size="xs"
      w={190}
      label={label}
      placeholder={placeholder}
      data={[...suggestions]}
      value={text}
      onChange={setText}
      onBlur={send}
      onOptionSubmit={change}
      onKeyDown={({ key }) => key === 'Enter' && send()}
    />
  );
}

type FilterTextProps = {
  label: string;
  placeholder?: string;
  value: string;
  suggestions?: readonly string[];
  change: (value: string) => void;
};
