import { z } from 'zod';

/** A key that wraps the data keys of secrets. */
export type SecretKey = { id: string; bytes: Buffer };

/** A text without surrounding white space. */
export const text = z.string().trim();

/** A number within limits, which the error names. */
export const number = (min: number, max: number) => {
  const error = `must be a number from ${min} to ${max}`;
  return text.transform(Number).pipe(z.number({ error }).min(min, { error }).max(max, { error }));
};
/** A whole number within limits, which the error names. */
export const wholeNumber = (min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max}`;
  return text.transform(Number).pipe(z.int({ error }).min(min, { error }).max(max, { error }));
};
/** true, false, 1 or 0. */
export const flag = z.stringbool({
  truthy: ['true', '1'],
  falsy: ['false', '0'],
  error: 'must be true or false',
});
/** A flag with a default. */
export const boolean = (otherwise: boolean) => flag.default(otherwise);
/** A text that matches the pattern. */
export const matching = (pattern: RegExp, error: string) => text.regex(pattern, { error });
/** A URL of the protocol. */
export const url = (protocol: RegExp, error: string) => text.pipe(z.url({ protocol, error }));
/** Items with commas or spaces between them; without the variable, none. */
export const list = (item: z.ZodType<string>, error: string) =>
  text
    .transform((value) => value.split(/[,\s]+/).filter(Boolean))
    .refine((values) => values.every((value) => item.safeParse(value).success), { error, abort: true })
    .transform((values) => values.map((value) => item.parse(value)))
    .default([]);

/** A proxy URL; like curl, it accepts one without a scheme. */
export const proxy = text
  .transform((value) => (value.includes('://') ? value : `http://${value}`))
  .pipe(z.url({ protocol: /^https?$/, error: 'must be an http or https URL, such as http://proxy:3128' }))
  .optional();

/** The keys in the text; null if one has another form, or two have one id. */
export function secretKeysOf(text: string): SecretKey[] | null {
  const keys = text.split(',').map((part): SecretKey | null => {
    const [, id, encoded] = /^([A-Za-z0-9][A-Za-z0-9._-]{0,63}):(\S+)$/.exec(part.trim()) ?? [];
    const bytes = Buffer.from(encoded ?? '', 'base64');
    return id && bytes.length === 32 && bytes.toString('base64') === encoded ? { id, bytes } : null;
  });
  const known = keys.filter((key) => key !== null);
  return known.length === keys.length && new Set(known.map(({ id }) => id)).size === keys.length
    ? known
    : null;
}

/** The origin as browsers send it; null if the text is not an origin, such as `*`. */
export function originOf(value: string): string | null {
  const url = URL.parse(value);
  const isOrigin = url !== null && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href;
  return isOrigin && url.pathname === '/' ? url.origin : null;
}
