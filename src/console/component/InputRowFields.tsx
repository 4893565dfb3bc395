import { ActionIcon, Anchor, Checkbox, Group, Select, TagsInput, Text, TextInput } from '@mantine/core';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import classes from './InputRows.module.css';
import {
  choicesOf,
  isChoice,
  KINDS,
  type Kind,
  kindNamed,
  otherKeywords,
  type Schema,
  withChoices,
  withKind,
} from './input-kinds.ts';
import { limitAt, textAt, withKeyword, withLimit } from './input-limits.ts';
import { type InputRow, kindOfRow, type RowMistakes } from './input-rows.ts';

/** One input of the script: its name, its kind, and what its values may be. */
export function InputRowFields({ row, mistakes, change, remove, openJson }: InputRowFieldsProps) {
  const kind = kindOfRow(row);
  const title = row.name || 'without a name';
  return (
    <fieldset id={row.key} tabIndex={-1} className={classes.row} aria-label={`Input ${title}`}>
      <div className={classes.head}>
        {kind ? (
          <NameAndKind row={row} kind={kind} error={mistakes.name} change={change} />
        ) : (
          <Text className={classes.written}>
            <span className="mono">{row.name}</span>{' '}
            <Text span size="sm" c="dimmed">
              is written in JSON. <JsonLink openJson={openJson} />
            </Text>
          </Text>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          mt={kind ? 26 : 0}
          aria-label={`Remove the input ${title}`}
          onClick={remove}
        >
          <Trash2 size={16} />
        </ActionIcon>
      </div>
      {kind && (
        <Details
          schema={row.schema as Schema}
          kind={kind}
          mistakes={mistakes}
          change={(schema) => change({ schema })}
        />
      )}
      <Group gap="md" mt="xs" justify="space-between">
        <Checkbox
          label="Required"
          checked={row.isRequired}
          onChange={({ currentTarget }) => change({ isRequired: currentTarget.checked })}
        />
        {kind && <OtherKeywords schema={row.schema as Schema} kind={kind} openJson={openJson} />}
      </Group>
    </fieldset>
  );
}

type InputRowFieldsProps = {
  row: InputRow;
  mistakes: RowMistakes;
  change: (part: Partial<InputRow>) => void;
  remove: () => void;
  openJson: () => void;
};

function NameAndKind({ row, kind, error, change }: NameAndKindProps) {
  // A row that was just added is no mistake yet.
  const [wasLeft, setLeft] = useState(row.name !== '');
  return (
    <>
      <TextInput
        label="Input"
        id={nameId(row)}
        classNames={{ input: 'mono' }}
        value={row.name}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        onBlur={() => setLeft(true)}
        error={wasLeft && error}
        spellCheck={false}
        autoComplete="off"
      />
      <Select
        label="Kind"
        data={KIND_OPTIONS}
        maxDropdownHeight={440}
        value={kind}
        onChange={(next) => next && change({ schema: withKind(row.schema as Schema, next as Kind) })}
        allowDeselect={false}
      />
    </>
  );
}

type NameAndKindProps = {
  row: InputRow;
  kind: Kind;
  error: string | undefined;
  change: (part: Partial<InputRow>) => void;
};

const KIND_OPTIONS = Object.entries(KINDS).map(([value, { label }]) => ({ value, label }));

/** The element in which the name of a row is typed. */
export const nameId = ({ key }: InputRow) => `${key}-name`;

/** The fields of an input's appearance in forms, and of its values. */
function Details({ schema, kind, mistakes, change }: DetailsProps) {
  const text = (keyword: string) => ({
    value: textAt(schema, keyword),
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      change(withKeyword(schema, keyword, value || undefined)),
  });
  return (
    <div className={classes.details}>
      {isChoice(kind) && (
        <TagsInput
          label="Choices"
          placeholder="Enter after each"
          className={classes.wide}
          value={choicesOf(schema)}
          onChange={(choices) => change(withChoices(schema, choices))}
          isDuplicate={(choice, choices) => choices.includes(choice)}
          error={mistakes.choices}
        />
      )}
      <TextInput label="Label" placeholder="same as the input" {...text('title')} />
      <TextInput label="Help text" {...text('description')} />
      {kindNamed(kind).limits?.map((limit, index) => (
        <TextInput
          key={limit.keyword}
          label={limit.label}
          inputMode="decimal"
          value={limitAt(schema, limit)}
          onChange={({ currentTarget }) => change(withLimit(schema, limit, currentTarget.value))}
          error={mistakes[index === 0 ? 'least' : 'most']}
          autoComplete="off"
        />
      ))}
    </div>
  );
}

type DetailsProps = {
  schema: Schema;
  kind: Kind;
  mistakes: RowMistakes;
  change: (schema: Schema) => void;
};

function OtherKeywords({ schema, kind, openJson }: { schema: Schema; kind: Kind; openJson: () => void }) {
  const keywords = otherKeywords(schema, kind);
  if (keywords.length === 0 && kind !== 'object') return null;
  return (
    <Text size="xs" c="dimmed" className={classes.beside}>
      {kind === 'object' ? 'Its fields are written in JSON.' : `Also has ${keywords.join(', ')}.`}{' '}
      <JsonLink openJson={openJson} />
    </Text>
  );
}

export const JsonLink = ({ openJson }: { openJson: () => void }) => (
  <Anchor component="button" type="button" inherit underline="always" onClick={openJson}>
    Open the JSON
  </Anchor>
);
