import type { DBAdapter, DBTransactionAdapter, Where } from 'better-auth';
import { hashToken } from './secrets.ts';

/**
 * The auth library keeps the token of a sign-in as it is in the cookie: whoever reads the table could sign in as
 * anybody. Between the library and the database stands this: it writes and looks for hashes, and gives the library back
 * the token that it asked with.
 */
export function hashSignInTokens(adapter: DBAdapter): DBAdapter {
  return {
    ...hashed(adapter),
    transaction: (callback) => adapter.transaction((inner) => callback(hashed(inner))),
  };
}

const MODEL = 'session';

function hashed<Adapter extends DBTransactionAdapter>(adapter: Adapter): Adapter {
  return {
    ...adapter,
    create: (query) =>
      ask(query, { data: hashField(query.model, query.data) }, tokenOf(query.data), (out) => adapter.create(out)),
    findOne: (query) => ask(query, where(query), tokensIn(query), (out) => adapter.findOne(out)),
    findMany: async (query) => {
      const rows = await adapter.findMany({ ...query, ...where(query) });
      return query.model === MODEL ? rows.map((row) => restore(row, tokensIn(query))) : rows;
    },
    count: (query) => adapter.count({ ...query, ...where(query) }),
    update: (query) =>
      ask(
        query,
        { ...where(query), update: hashField(query.model, query.update) },
        [...tokensIn(query), ...tokenOf(query.update)],
        (out) => adapter.update(out),
      ),
    updateMany: (query) =>
      adapter.updateMany({ ...query, ...where(query), update: hashField(query.model, query.update) }),
    delete: (query) => adapter.delete({ ...query, ...where(query) }),
    deleteMany: (query) => adapter.deleteMany({ ...query, ...where(query) }),
    consumeOne: (query) => ask(query, where(query), tokensIn(query), (out) => adapter.consumeOne(out)),
    incrementOne: (query) => ask(query, where(query), tokensIn(query), (out) => adapter.incrementOne(out)),
  };
}

type Query = { model: string; where?: Where[] | undefined };

async function ask<Q extends Query, R>(
  query: Q,
  changes: Partial<Q>,
  tokens: readonly string[],
  run: (query: Q) => Promise<R>,
): Promise<R> {
  const row = await run({ ...query, ...changes });
  return query.model === MODEL ? restore(row, tokens) : row;
}

/** The row with the token that was asked for in place of its hash. */
function restore<R>(row: R, tokens: readonly string[]): R {
  if (typeof row !== 'object' || row === null || !('token' in row)) return row;
  const token = tokens.find((candidate) => hashToken(candidate) === row.token);
  return token === undefined ? row : { ...row, token };
}

function hashField<T extends object>(model: string, data: T): T {
  return model === MODEL && 'token' in data && typeof data.token === 'string'
    ? { ...data, token: hashToken(data.token) }
    : data;
}

function tokenOf(data: object): string[] {
  return 'token' in data && typeof data.token === 'string' ? [data.token] : [];
}

function isToken(query: Query, condition: Where): boolean {
  return query.model === MODEL && condition.field === 'token';
}

function tokensIn(query: Query): string[] {
  return (query.where ?? []).filter((condition) => isToken(query, condition)).flatMap(({ value }) => strings(value));
}

function where<Q extends Query>(query: Q): Pick<Q, 'where'> {
  return {
    where: query.where?.map((condition) => {
      if (!isToken(query, condition)) return condition;
      const { value } = condition;
      if (typeof value === 'string') return { ...condition, value: hashToken(value) };
      return { ...condition, value: strings(value).map(hashToken) };
    }),
  };
}

function strings(value: Where['value']): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((entry) => typeof entry === 'string');
}
