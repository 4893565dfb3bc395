/** No queue of a worker has such a name, so the runs in it wait until their shop has moved. */
const PREFIX = 'moving:';

/** SQL expressions over the name of a queue, which is given as an SQL expression. */
export const isParkedSql = (queue: string): string => `starts_with(${queue}, '${PREFIX}')`;
export const parkedSql = (queue: string): string => `'${PREFIX}' || ${queue}`;
export const unparkedSql = (queue: string): string => `substr(${queue}, ${PREFIX.length + 1})`;
