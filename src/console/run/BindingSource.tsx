/** Where a binding takes its value from, in words. */
export function BindingSource({ binding }: { binding: SourceBinding }) {
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

type SourceBinding =
  | { __typename: 'StaticBinding'; value?: unknown; secret: boolean }
  | { __typename: 'SecretBinding'; name: string }
  | { __typename: 'RuntimeBinding' | 'ProductFieldBinding'; path: string };

export function ShortJson({ value }: { value: unknown }) {
  const text = JSON.stringify(value) ?? '';
  return <code className="mono">{text.length > 120 ? `${text.slice(0, 120)}…` : text}</code>;
}
