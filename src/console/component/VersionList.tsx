import { Group, Text, Title } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { Moment } from '../parts/Moment.tsx';
import { CompareVersions } from './CompareVersions.tsx';
import classes from './ComponentForm.module.css';
import { changesOf } from './version-changes.ts';

/** The latest versions, and what each changed, in words. */
export function VersionList({ component: ref }: { component: FragmentType<typeof VersionList_Component> }) {
  const versions = readFragment(VersionList_Component, ref).versions.nodes;
  return (
    <section className={classes.card} aria-labelledby="versions">
      <Title order={2} id="versions">
        Versions
      </Title>
      {versions.length > 2 && <CompareVersions versions={versions} />}
      <ol className={classes.versions} reversed>
        {versions.map((version, index) => {
          const before = versions[index + 1];
          const changes = before ? changesOf(before, version) : [];
          return (
            <li key={version.id}>
              <Group gap="xs">
                <b>Version {version.version}</b>
                <Text size="sm" c="dimmed" component="span">
                  <Moment at={version.createdAt} />
                  {version.actor && (
                    <>
                      {' '}
                      by <span title={version.actor}>{version.actorName ?? version.actor}</span>
                    </>
                  )}
                </Text>
              </Group>
              {changes.length > 0 ? (
                <ul className={classes.changes}>
                  {changes.map((change) => (
                    <li key={change}>{change}</li>
                  ))}
                </ul>
              ) : (
                <Text size="sm" c="dimmed">
                  {version.version === 1 ? 'The first version.' : 'Nothing that scripts see changed.'}
                </Text>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

const VersionList_Component = graphql(`
  fragment VersionList_Component on Component {
    versions(first: 20) {
      nodes {
        id
        version
        createdAt
        actor
        actorName
        triggers
        timeoutSeconds
        inputSchema
        script {
          slug
          runtime
          version
          metadata
        }
        retryPolicy {
          maxAttempts
          backoff
          initialDelaySeconds
          maxDelaySeconds
        }
        providerDependencies {
          key
          optional
        }
      }
    }
  }
`);
