import { getTemplate, type WidgetProps } from '@rjsf/utils';
import { offsetAt, readTime, writeTime } from './form-values.ts';

/** A time of day with its offset from UTC, which JSON Schema requires: that of the browser, unless the value has another. */
export function TimeField(props: WidgetProps) {
  const { value, schema, options, registry, onChange } = props;
  const Input = getTemplate('BaseInputTemplate', registry, options);
  const { clock, offset } = readTime(String(value ?? ''));
  const zone = offset ?? offsetAt(new Date());
  const description = [options.description ?? schema.description, `Offset from UTC: ${zone}.`];
  return (
    <Input
      {...props}
      type="time"
      value={clock}
      options={{ ...options, description: description.filter(Boolean).join(' ') }}
      onChange={(typed: string | undefined) => onChange(typed ? writeTime(typed, zone) : undefined)}
    />
  );
}
