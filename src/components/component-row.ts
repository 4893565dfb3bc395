import type { Table } from '../db/table.ts';
import type { Definition } from './component.ts';
import { DEFINITION_COLUMNS } from './version-row.ts';

/** A component as stored, with the definition of its current version. */
export type Component = Definition & {
  id: string;
  key: string;
  name: string;
  description: string | null;
  version: number;
  archivedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
};

export const COMPONENTS: Table<Component> = {
  from: 'journey_components c left join journey_component_versions v on v.id = c.current_version_id',
  columns: {
    id: 'c.id',
    key: 'c.key',
    name: 'c.name',
    description: 'c.description',
    version: 'v.version',
    ...DEFINITION_COLUMNS,
    archivedAt: 'c.archived_at',
    createdAt: 'c.created_at',
    updatedAt: 'c.updated_at',
  },
};

/** One immutable definition of a component, from version 1. */
export type ComponentVersion = Definition & { id: string; version: number; createdAt: Date };

export const COMPONENT_VERSIONS: Table<ComponentVersion> = {
  from: 'journey_component_versions v',
  columns: { id: 'v.id', version: 'v.version', ...DEFINITION_COLUMNS, createdAt: 'v.created_at' },
};
