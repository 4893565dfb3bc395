import { Alert, Anchor, Text } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { plural } from '../parts/format.ts';
import { PageLink } from '../parts/PageLink.tsx';
import classes from './ComponentForm.module.css';

/** The steps that a changed definition would break, before it is saved. */
export function UpdateEffect({ preview: ref, next }: UpdateEffectProps) {
  const { isNewVersion, checkedAttachments, checkedAll, problems } = readFragment(UpdateEffect_Preview, ref);
  if (!isNewVersion) return <Note>No new version: only the name or the description changes.</Note>;
  if (checkedAttachments === 0)
    return <Note>Version {next} breaks nothing: no product uses the component.</Note>;
  const checked = plural(checkedAttachments ?? 0, 'step', checkedAll ?? true);
  if (problems.length === 0)
    return (
      <Note>
        Version {next} breaks nothing:{' '}
        {checkedAll ? `all of the ${checked}` : `the first ${checkedAttachments} steps`} that use it still
        fit.
      </Note>
    );
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<TriangleAlert size={18} aria-hidden />}
      title={`Version ${next} breaks ${stepsOf(problems)} of the ${checked} that use it`}
      role="status"
      id={EFFECT}
    >
      <ul className={classes.changes}>
        {problems.slice(0, SHOWN_AT_MOST).map(({ attachment: { id, product }, code, message }) => (
          <li key={`${id} ${code} ${message}`}>
            <PageLink
              to="/admin/products/$sku"
              params={{ sku: product.sku }}
              search={{ step: id, ...(product.shop && { shop: product.shop }) }}
              underline="always"
            >
              {product.title}
            </PageLink>
            : {message}
          </li>
        ))}
      </ul>
      {problems.length > SHOWN_AT_MOST && (
        <Text size="sm">and {problems.length - SHOWN_AT_MOST} more problems.</Text>
      )}
    </Alert>
  );
}

/** How many steps a changed definition would break, beside the button that saves it; it leads to their list. */
export function BrokenSteps({ preview: ref }: { preview: FragmentType<typeof UpdateEffect_Preview> }) {
  const { isNewVersion, problems } = readFragment(UpdateEffect_Preview, ref);
  if (!isNewVersion || problems.length === 0) return null;
  return (
    <Anchor
      component="button"
      type="button"
      size="sm"
      underline="always"
      c="var(--mantine-color-error)"
      onClick={() => {
        document.getElementById(EFFECT)?.scrollIntoView({ block: 'center' });
      }}
    >
      Breaks {plural(stepsOf(problems), 'step')}
    </Anchor>
  );
}

const EFFECT = 'update-effect';

const stepsOf = (problems: readonly { attachment: { id: string } }[]) =>
  new Set(problems.map(({ attachment }) => attachment.id)).size;

const SHOWN_AT_MOST = 10;

const Note = ({ children }: { children: React.ReactNode }) => (
  <Text size="sm" c="dimmed" role="status">
    {children}
  </Text>
);

type UpdateEffectProps = {
  preview: FragmentType<typeof UpdateEffect_Preview>;
  /** The number of the version that saving would make. */
  next: number;
};

export const UpdateEffect_Preview = graphql(`
  fragment UpdateEffect_Preview on ComponentPreview {
    isNewVersion
    checkedAttachments
    checkedAll
    problems {
      code
      message
      attachment {
        id
        product {
          sku
          shop
          title
        }
      }
    }
  }
`);
