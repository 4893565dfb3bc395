import { z } from 'zod';
import type { UserError } from './errors.ts';
import { type JsonMistake, jsonMistakes, textMistake } from './json/json-limits.ts';

/** Text that is stored unchanged: not blank, at most `max` characters. */
export const text = (max: number) => anyText(max).refine((value) => value.trim() !== '', 'must not be blank');

/** Like `text`, but it may be empty. */
export const anyText = (max: number) =>
  z.string().superRefine((value, context) => {
    const mistake = value.length > max ? `is longer than ${max} characters` : textMistake(value);
    if (mistake) context.addIssue({ code: 'custom', message: mistake });
  });

/** A value that `mistakesOf` validates. The paths of its mistakes are appended to the value's path. */
export const validated = <T>(mistakesOf: (value: T) => readonly JsonMistake[]) =>
  z.custom<T>().superRefine((value, context) => {
    for (const { path, message, tooLarge } of mistakesOf(value))
      context.addIssue({ code: 'custom', path, message, params: { tooLarge } });
  });

/** A JSON object within the limits for stored JSON. */
export const jsonObject = <T extends object>() => validated<T>((value) => jsonMistakes(value));

export const list = <T extends z.ZodType>(item: T, max: number) =>
  z.array(item).max(max, `has too many items; at most ${max} are allowed`);

/** Returns every mistake in a mutation's input as a UserError. */
export function inputErrors(schema: z.ZodType, input: unknown): UserError[] {
  const { error } = schema.safeParse(input);
  return (error?.issues ?? []).map((issue) => {
    const tooLarge = issue.code === 'custom' && issue.params?.tooLarge;
    return userError(issue.path.map(String), { message: issue.message, tooLarge });
  });
}

/** Converts mistakes in a part of a mutation's input to UserErrors; `path` leads to that part. */
export function mistakeErrors(path: readonly string[], mistakes: readonly JsonMistake[]): UserError[] {
  return mistakes.map((mistake) => userError([...path, ...mistake.path], mistake));
}

function userError(
  path: string[],
  { message, tooLarge }: Pick<JsonMistake, 'message' | 'tooLarge'>,
): UserError {
  return { code: tooLarge ? 'TOO_LARGE' : 'INVALID', message: `${path.join('.')} ${message}.`, path };
}
