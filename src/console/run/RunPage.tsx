export function RunPage() {
  return <p>A run</p>;
}
