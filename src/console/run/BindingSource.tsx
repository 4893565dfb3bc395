import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';

/** Where a binding takes its value from, in words. */
export function BindingSource({ binding: ref }: { binding: FragmentType<typeof BindingSource_Binding> }) {
  const binding = readFragment(BindingSource_Binding, ref);
  switch (binding.__typename) {
    case 'StaticBinding':
      return binding.secret ? (
        'a secret value'
      ) : (
        <>
          the value <ShortJson value={binding.value} />
        </>
      );
    case 'SecretBinding':
      return (
        <>
          the stored secret <code className="mono">{binding.name}</code>
        </>
      );
    default:
      return (
        <>
          {binding.__typename === 'RuntimeBinding' ? 'from the run ' : 'from the product '}
          <code className="mono">{binding.path}</code>
        </>
      );
  }
}

export function ShortJson({ value }: { value: unknown }) {
  const text = JSON.stringify(value) ?? '';
  return <code className="mono">{text.length > 120 ? `${text.slice(0, 120)}…` : text}</code>;
}

const BindingSource_Binding = graphql(`
  fragment BindingSource_Binding on Binding {
    __typename
    ... on StaticBinding {
      value
      secret
    }
    ... on SecretBinding {
      name
    }
    ... on RuntimeBinding {
      path
    }
    ... on ProductFieldBinding {
      path
    }
  }
`);
