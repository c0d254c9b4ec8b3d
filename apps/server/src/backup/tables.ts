import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/** About this much of a table is one entry of the archive. */
const PIECE_BYTES = 1024 * 1024;

export type Table = { name: string; columns: string[] };

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const addressed = ({ name, columns }: Table): string => `public.${quoted(name)} (${columns.map(quoted).join(', ')})`;

/** Text that every version of PostgreSQL from 15 on writes and reads alike, whatever the server's own settings. */
export async function plainText(client: pg.ClientBase): Promise<void> {
  for (const setting of [
    "client_encoding to 'UTF8'",
    "datestyle to 'ISO, YMD'",
    "intervalstyle to 'postgres'",
    'extra_float_digits to 3',
    "bytea_output to 'hex'",
    "timezone to 'UTC'",
    'statement_timeout to 0',
    'idle_in_transaction_session_timeout to 0',
  ]) {
    await client.query(`set ${setting}`);
  }
}

/** Every table of the database but those of extensions, with the columns that are stored. */
export async function listTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select class.relname as name, array_agg(attribute.attname::text order by attribute.attnum) as columns
    from pg_class class
    join pg_attribute attribute on attribute.attrelid = class.oid
    where class.relnamespace = 'public'::regnamespace and class.relkind = 'r'
      and attribute.attnum > 0 and not attribute.attisdropped and attribute.attgenerated = ''
      and not exists (select from pg_depend where objid = class.oid and classid = 'pg_class'::regclass and deptype = 'e')
    group by class.relname order by class.relname`);
  return rows;
}

/** Hands over a table's rows in pieces; resolves to how many rows there were. */
export async function copyOut(
  client: pg.ClientBase,
  table: Table,
  take: (piece: Buffer) => Promise<void>,
): Promise<number> {
  const stream = client.query(copyTo(`copy ${addressed(table)} to stdout`));
  let parts: Buffer[] = [];
  let size = 0;
  const flush = async () => {
    if (size > 0) await take(Buffer.concat(parts));
    parts = [];
    size = 0;
  };
  for await (const chunk of stream) {
    parts.push(chunk as Buffer);
    size += (chunk as Buffer).byteLength;
    if (size >= PIECE_BYTES) await flush();
  }
  await flush();
  return stream.rowCount ?? 0;
}

/** Reads a table's rows from pieces; resolves to how many rows there were. */
export async function copyIn(client: pg.ClientBase, table: Table, pieces: AsyncIterable<Buffer>): Promise<number> {
  const stream = client.query(copyFrom(`copy ${addressed(table)} from stdin`));
  await pipeline(Readable.from(pieces, { objectMode: false }), stream);
  return stream.rowCount ?? 0;
}

/**
 * Takes references between tables away, so that these can be filled in any order, and keeps triggers quiet: what they
 * would derive is in the rows. What is returned brings both back.
 */
export async function withoutReferences(client: pg.ClientBase): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(`
    select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by conname`);
  for (const { table, name } of rows) await client.query(`alter table ${table} drop constraint ${quoted(name)}`);
  const tables = await listTables(client);
  const triggers = async (state: 'enable' | 'disable') => {
    for (const { name } of tables) await client.query(`alter table public.${quoted(name)} ${state} trigger user`);
  };
  await triggers('disable');
  return async () => {
    await triggers('enable');
    for (const { table, name, definition } of rows) {
      await client.query(`alter table ${table} add constraint ${quoted(name)} ${definition}`);
    }
  };
}

/** Sequences go on after the numbers that are taken. */
export async function advanceSequences(client: pg.ClientBase, tables: readonly Table[]): Promise<void> {
  for (const table of tables) {
    for (const column of table.columns) {
      const at = `public.${quoted(table.name)}`;
      const { rows } = await client.query<{ name: string | null }>('select pg_get_serial_sequence($1, $2) as name', [
        at,
        column,
      ]);
      const name = rows[0]?.name;
      if (!name) continue;
      await client.query(`select setval($1, coalesce(max(${quoted(column)}), 0) + 1, false) from ${at}`, [name]);
    }
  }
}
