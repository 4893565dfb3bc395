import type { Readable } from 'node:stream';
import { StartupError } from '../errors.ts';
import { openFolder } from './archive-folder.ts';

/** Where the files of an archive are. Its methods throw a StartupError that names it if it cannot be used. */
export type ArchivePlace = {
  /** The subject of a message: "The folder /archive". */
  name: string;
  hasFiles(): Promise<boolean>;
  /** Returns the text of a file; null without such a file. */
  read(file: string): Promise<string | null>;
  /** Stores a file as a whole, in place of an older one. If the contents end with an error, nothing is stored. */
  write(file: string, contents: Readable): Promise<void>;
};

/** Opens the place that a path or an S3 URL names. @throws StartupError that names the fix */
export async function openPlace(to: string): Promise<ArchivePlace> {
  if (!to.startsWith('s3:')) return openFolder(to);
  const { bucket, prefix } = S3_URL.exec(to)?.groups ?? {};
  if (!bucket) throw new StartupError(`${to} is not s3://<bucket>/<prefix>, such as s3://journeys/archive.`);
  const { openBucket } = await import('./archive-bucket.ts').catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new StartupError(`An archive in S3 needs two more packages: ${INSTALL}.`, { cause: error });
  });
  return openBucket(to, bucket, prefix ? `${prefix}/` : '');
}

const S3_URL = /^s3:\/\/(?<bucket>[\w.-]+)(?:\/+(?<prefix>.*?)\/*)?$/;
const INSTALL = 'npm install @aws-sdk/client-s3@3 @aws-sdk/lib-storage@3';
