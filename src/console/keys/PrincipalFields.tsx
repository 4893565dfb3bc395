import { Checkbox, Stack, TagsInput, TextInput } from '@mantine/core';
import type { Role } from '../api/generated/graphql.ts';
import { ROLE_TEXTS } from './role-texts.ts';

/** The values of the form of a principal. No channels stand for all channels. */
export type PrincipalDraft = { name: string; roles: Role[]; channels: string[] };

/** The fields of a principal: its name, its roles and its channels. `mistakeOf` gives the error of a field of the input. */
export function PrincipalFields({ draft, change, channels, mistakeOf }: PrincipalFieldsProps) {
  return (
    <Stack>
      <TextInput
        label="Name"
        description="A person, or the program that uses the keys"
        value={draft.name}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        error={mistakeOf('name')}
        maxLength={200}
        required
        data-autofocus
      />
      <Checkbox.Group
        label="Roles"
        value={draft.roles}
        onChange={(roles) => change({ roles: roles as Role[] })}
        error={mistakeOf('roles')}
      >
        <Stack gap={6} mt={6}>
          {Object.entries(ROLE_TEXTS).map(([role, text]) => (
            <Checkbox key={role} value={role} label={role} description={text} />
          ))}
        </Stack>
      </Checkbox.Group>
      <TagsInput
        label="Only these channels"
        description="Empty for all channels"
        data={channels}
        value={draft.channels}
        onChange={(names) => change({ channels: names })}
        error={mistakeOf('channels')}
      />
    </Stack>
  );
}

type PrincipalFieldsProps = {
  draft: PrincipalDraft;
  change: (values: Partial<PrincipalDraft>) => void;
  /** The channels in use, as suggestions. */
  channels: readonly string[];
  mistakeOf: (field: string) => string | undefined;
};
