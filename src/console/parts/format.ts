/** A duration in the two largest units that matter, such as "340 ms", "1.2 s", "3 min 4 s" or "2 h 5 min". */
export function formatDuration(ms: number): string {
  if (ms < 0) return '0 ms';
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  const seconds = Math.floor(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return withRest(`${minutes} min`, seconds % 60, 's');
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return withRest(`${hours} h`, minutes % 60, 'min');
  return withRest(`${Math.floor(hours / 24)} d`, hours % 24, 'h');
}

const withRest = (text: string, rest: number, unit: string) =>
  rest === 0 ? text : `${text} ${rest} ${unit}`;

/** A moment in the past or the future, such as "3 min ago" or "in 20 s". */
export function formatDistance(at: number, now: number): string {
  const distance = Math.abs(now - at);
  if (distance < 1_000) return 'now';
  const [rounded] = formatDuration(distance < 10_000 ? Math.floor(distance / 1_000) * 1_000 : distance).split(
    ' ',
  );
  const unit = formatDuration(distance).split(' ')[1];
  const text = `${Number.parseInt(rounded!, 10)} ${unit}`;
  return at > now ? `in ${text}` : `${text} ago`;
}

/** A count, which is a lower limit where it is not exact: "1,204" or "10,000+". */
export function formatCount(count: number, isExact = true): string {
  return `${count.toLocaleString('en')}${isExact ? '' : '+'}`;
}

/** "1 run", "2 runs". */
export function plural(count: number, noun: string, isExact = true): string {
  return `${formatCount(count, isExact)} ${noun}${count === 1 && isExact ? '' : 's'}`;
}

/** A moment as people read it in a table: the time today, the date with the time on other days. */
export function formatMoment(at: Date, now: Date, timeZone: string): string {
  const day = dateFormat('en-CA', { timeZone, dateStyle: 'short' });
  const isToday = day.format(at) === day.format(now);
  return dateFormat('en-GB', {
    timeZone,
    ...(isToday ? {} : { day: 'numeric', month: 'short' }),
    ...(at.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    ...(isToday ? { second: '2-digit' } : {}),
  }).format(at);
}

/** A moment to the millisecond, with the name of its zone. */
export function formatExactly(at: Date, timeZone: string): string {
  const text = dateFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  }).format(at);
  return `${text} (${timeZone})`;
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** A format of dates, which is made once: that takes a hundred times as long as formatting. */
function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const format = dateFormats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  dateFormats.set(key, format);
  return format;
}
