import { Text } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { PageLink } from '../parts/PageLink.tsx';
import { type NamedObject, SHOWN_OBJECTS } from './use-object-names.ts';

/** The objects that an entry is about, each as a link to its page where it has one. */
export function AuditObjects({ entry: ref, objects }: AuditObjectsProps) {
  const { objectType, objectIds } = readFragment(AuditObjects_AuditEntry, ref);
  if (!objectType) return <>—</>;
  const more = objectIds.length - SHOWN_OBJECTS;
  return (
    <>
      <Text size="xs" c="dimmed">
        {objectType}
      </Text>
      {objectIds.slice(0, SHOWN_OBJECTS).map((id) => (
        <div key={id}>
          <ObjectLink id={id} type={objectType} object={objects.get(id)} />
        </div>
      ))}
      {more > 0 && (
        <Text size="xs" c="dimmed">
          and {more} more
        </Text>
      )}
    </>
  );
}

function ObjectLink({ id, type, object }: { id: string; type: string; object: NamedObject | undefined }) {
  if (object)
    return (
      <PageLink to={object.to} params={object.params as never} search={object.search as never}>
        {object.name}
      </PageLink>
    );
  const page = PAGES[type];
  if (page)
    return (
      <PageLink to={page} params={{ id } as never} className="mono">
        {id}
      </PageLink>
    );
  if (type === 'Principal' || type === 'ApiKey')
    return (
      <PageLink to="/admin/keys" className="mono">
        {id}
      </PageLink>
    );
  return (
    <Text size="sm" className="mono">
      {id}
    </Text>
  );
}

/** The pages of objects that people know by their ids. */
const PAGES: Record<string, string> = {
  BulkOperation: '/admin/bulk/$id',
  RunGroup: '/admin/groups/$id',
};

type AuditObjectsProps = {
  entry: FragmentType<typeof AuditObjects_AuditEntry>;
  objects: ReadonlyMap<string, NamedObject>;
};

const AuditObjects_AuditEntry = graphql(`
  fragment AuditObjects_AuditEntry on AuditEntry {
    objectType
    objectIds
  }
`);
