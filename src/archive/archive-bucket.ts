import { GetObjectCommand, ListObjectsV2Command, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { StartupError } from '../errors.ts';
import type { ArchivePlace } from './archive-place.ts';

/**
 * Opens the part of an S3 bucket whose keys begin with a prefix. The region, the credentials and another server than
 * Amazon's are those of the AWS_* variables or of the machine, as for all programs that use the AWS SDK.
 */
export function openBucket(url: string, bucket: string, prefix: string): ArchivePlace {
  // Other servers than Amazon's seldom have a host name for each bucket.
  const client = new S3Client({ forcePathStyle: true, requestHandler: TIMEOUTS });
  const use = <T>(use: Promise<T>): Promise<T> =>
    use.catch((error) => {
      throw new StartupError(`${url} cannot be used: ${reasonOf(error)}.`, { cause: error });
    });
  const at = (file: string) => ({ Bucket: bucket, Key: `${prefix}${file}` });
  return {
    name: url,
    async hasFiles() {
      const list = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: 1 });
      return (await use(client.send(list))).Contents !== undefined;
    },
    read: (file) => use(readText(client, at(file))),
    // In parts, so that memory does not bound the size. The file is there once its last part is.
    async write(file, contents) {
      await use(new Upload({ client, params: { ...at(file), Body: contents } }).done());
    },
  };
}

/** Without them, a server that falls silent would hold the command, and its turn, for ever. The SDK tries three times. */
const TIMEOUTS = { connectionTimeout: 5_000, socketTimeout: 30_000 };

async function readText(client: S3Client, at: { Bucket: string; Key: string }): Promise<string | null> {
  try {
    return (await (await client.send(new GetObjectCommand(at))).Body?.transformToString()) ?? '';
  } catch (error) {
    if (error instanceof NoSuchKey) return null;
    throw error;
  }
}

/** Errors of S3 have a code as their name, and those of the socket often no message. */
const reasonOf = ({ name, message, code }: NodeJS.ErrnoException): string =>
  [name === 'Error' ? code : name, message].filter(Boolean).join(': ').replace(/\.$/, '');
