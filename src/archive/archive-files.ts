import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { z } from 'zod';
import { StartupError } from '../errors.ts';
import { type ArchivePlace, openPlace } from './archive-place.ts';

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

/** The files of an archive. A file belongs to it once it is in the list, which is replaced as a whole. */
export class Archive {
  readonly #place: ArchivePlace;
  readonly #list: z.infer<typeof LIST>;

  private constructor(place: ArchivePlace, list: z.infer<typeof LIST>) {
    this.#place = place;
    this.#list = list;
  }

  /** Opens the archive of a database, or begins it. @throws StartupError when the place has other contents */
  static async open(to: string, database: string): Promise<Archive> {
    const place = await openPlace(to);
    const text = await place.read(LIST_NAME);
    if (text === null) {
      if (await place.hasFiles())
        throw new StartupError(`${place.name} has files but no ${LIST_NAME}: use an empty place.`);
      const archive = new Archive(place, { format: 1, database, files: [] });
      await archive.#writeList();
      return archive;
    }
    const { data: list } = LIST.safeParse(parsed(text));
    if (!list)
      throw new StartupError(
        `${place.name} has an ${LIST_NAME} that is not the list of an archive: use another place.`,
      );
    if (list.database !== database)
      throw new StartupError(`${place.name} has the archive of another database: use another place.`);
    return new Archive(place, list);
  }

  get last(): ArchivedFile | undefined {
    return this.#list.files.at(-1);
  }

  /**
   * Writes the next file. It is stored, and gets its place in the list, once `check` has returned how the list describes
   * it; an interrupted file is written again.
   */
  async add(texts: AsyncIterable<string>, check: () => Promise<Omit<ArchivedFile, 'name'>>): Promise<void> {
    const number = String(this.#list.files.length + 1).padStart(6, '0');
    const name = `runs-${number}.ndjson.gz`;
    let described: Omit<ArchivedFile, 'name'>;
    let failure: unknown;
    const checked = async function* () {
      try {
        yield* texts;
        described = await check();
      } catch (error) {
        failure = error;
        throw error;
      }
    };
    const contents = pipeline(Readable.from(checked()), createGzip(), () => {});
    await this.#place.write(name, contents).catch((error) => {
      throw failure ?? error;
    });
    this.#list.files.push({ name, ...described! });
    await this.#writeList();
  }

  async #writeList(): Promise<void> {
    await this.#place.write(LIST_NAME, Readable.from([`${JSON.stringify(this.#list, null, 2)}\n`]));
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
