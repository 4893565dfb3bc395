import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { StartupError } from '../errors.ts';
import type { ArchivePlace } from './archive-place.ts';

/** Opens a folder, or creates it in the one above. @throws StartupError when it cannot be used */
export async function openFolder(path: string): Promise<ArchivePlace> {
  const name = `The folder ${path}`;
  const use = <T>(use: Promise<T>): Promise<T> =>
    use.catch((error) => {
      throw new StartupError(`${name} cannot be used: ${error.message}.`, { cause: error });
    });
  // With `recursive`, Node never ends in some places, such as below /proc.
  await use(mkdir(path).catch((error) => except('EEXIST', error)));
  return {
    name,
    hasFiles: async () => (await use(readdir(path))).length > 0,
    read: (file) => use(readFile(join(path, file), 'utf8').catch((error) => except('ENOENT', error))),
    async write(file, contents) {
      const part = join(path, `${file}.part`);
      await use(pipeline(contents, createWriteStream(part, { flush: true })));
      await use(rename(part, join(path, file)));
      await using folder = await open(path);
      await folder.sync();
    },
  };
}

function except(code: string, error: NodeJS.ErrnoException): null {
  if (error.code === code) return null;
  throw error;
}
