/** Files that people uploaded, by name. Names are made by the server. */
export type Blobs = {
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** Null when there is nothing of this name. */
  get(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Deleting what is not there is no error. */
  delete(name: string): Promise<void>;
};

/** `<uuid>.<ending>`: nothing that could lead out of the folder. */
const NAME = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.[a-z0-9]{2,5}$/;

export class BadBlobName extends Error {
  override name = 'BadBlobName';
}

export function requireBlobName(name: string): void {
  if (!NAME.test(name)) throw new BadBlobName('not the name of a blob');
}
