import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { z } from 'zod';
import { StartupError } from '../errors.ts';

/** A finished file of runs, in the order of their ends, and the end of its last run. */
export type ArchivedFile = z.infer<typeof FILE>;

const FILE = z.object({
  name: z.string(),
  runs: z.int(),
  events: z.int(),
  completedAt: z.iso.datetime(),
  runId: z.uuid(),
});
const LIST = z.object({ format: z.literal(1), database: z.string(), files: z.array(FILE) });

/** A folder with an archive. A file belongs to it once it is in the list, which is replaced as a whole. */
export class ArchiveFolder {
  readonly #folder: string;
  readonly #list: z.infer<typeof LIST>;

  private constructor(folder: string, list: z.infer<typeof LIST>) {
    this.#folder = folder;
    this.#list = list;
  }

  /** Opens the folder, or creates it in the one above, for the runs of a database. @throws StartupError when it has other contents */
  static async open(path: string, database: string): Promise<ArchiveFolder> {
    // With `recursive`, Node never ends in some places, such as below /proc.
    await mkdir(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    const text = await readFile(join(path, LIST_NAME), 'utf8').catch(() => null);
    if (text === null) {
      if ((await readdir(path)).length > 0)
        throw new StartupError(`The folder ${path} has files but no ${LIST_NAME}: use an empty folder.`);
      const folder = new ArchiveFolder(path, { format: 1, database, files: [] });
      await folder.#writeList();
      return folder;
    }
    const { data: list } = LIST.safeParse(parsed(text));
    if (!list)
      throw new StartupError(`${join(path, LIST_NAME)} is not the list of an archive: use another folder.`);
    if (list.database !== database)
      throw new StartupError(`The folder ${path} has the archive of another database: use another folder.`);
    return new ArchiveFolder(path, list);
  }

  get last(): ArchivedFile | undefined {
    return this.#list.files.at(-1);
  }

  /**
   * Writes the next file. It gets its name, and its place in the list, once `check` has returned how the list describes
   * it; an interrupted file is written again.
   */
  async add(texts: AsyncIterable<string>, check: () => Promise<Omit<ArchivedFile, 'name'>>): Promise<void> {
    const number = String(this.#list.files.length + 1).padStart(6, '0');
    const name = `runs-${number}.ndjson.gz`;
    const part = join(this.#folder, `${name}.part`);
    await pipeline(Readable.from(texts), createGzip(), createWriteStream(part, { flush: true }));
    const described = await check();
    await this.#publish(part, name);
    this.#list.files.push({ name, ...described });
    await this.#writeList();
  }

  async #writeList(): Promise<void> {
    const part = join(this.#folder, `${LIST_NAME}.part`);
    await writeFile(part, `${JSON.stringify(this.#list, null, 2)}\n`, { flush: true });
    await this.#publish(part, LIST_NAME);
  }

  async #publish(part: string, name: string): Promise<void> {
    await rename(part, join(this.#folder, name));
    await using folder = await open(this.#folder);
    await folder.sync();
  }
}

const LIST_NAME = 'archive.json';

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
