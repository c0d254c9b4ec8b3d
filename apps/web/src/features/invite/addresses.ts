/** Addresses and numbers in a text, a table or a file of contacts (vCard). Numbers only with their country. */
export function addressesIn(text: string): string[] {
  const mails = text.match(/[^\s,;:<>"'()[\]\\]+@[^\s,;:<>"'()[\]\\]+\.[^\s,;:<>"'()[\]\\]+/g) ?? [];
  const numbers = text.match(/(?<![\d+])(?:\+|00)[1-9][\d ().-]{6,20}\d/g) ?? [];
  return [...new Set([...mails, ...numbers].map((entry) => entry.trim()))];
}
