/** Files that people uploaded, by name. Names are made by the server. */
export type Blobs = {
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** Null when there is nothing of this name. */
  get(name: string): Promise<Uint8Array | null>;
  /** Deleting what is not there is no error. */
  delete(name: string): Promise<void>;
};
