/** What a file or a text holds that may be an address or a number: cells of a table, or lines. */
export function entriesIn(text: string): string[] {
  const cells = text.split(/[\n\r;,\t]+/u).map((cell) => cell.trim().replace(/^["']|["']$/g, ''));
  return [...new Set(cells.filter((cell) => /@|^(\+|00)[\d\s().-]+$/.test(cell)))];
}
