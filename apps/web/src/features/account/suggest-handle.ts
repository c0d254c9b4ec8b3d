const HANDLE_MAX = 20;

/** A handle made from a name, as a first proposal; empty where the name has no Latin letters. */
export function suggestHandle(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '');
  return plain.slice(0, HANDLE_MAX).replace(/_+$/, '');
}
