import type { errors } from '@salotto/contract';
import type { z } from 'zod';

type Errors = typeof errors;
export type DomainErrorCode = keyof Errors;
type DataOf<Code extends DomainErrorCode> = Errors[Code] extends { data: infer Schema extends z.ZodType }
  ? z.input<Schema>
  : undefined;

/**
 * What domain code throws. `code` and `data` are those that the contract declares; `rpc.ts` is the one place that turns
 * it into the wire's error.
 */
export class DomainError<Code extends DomainErrorCode = DomainErrorCode> extends Error {
  readonly code: Code;
  readonly data: DataOf<Code> | undefined;

  constructor(code: Code, ...rest: DataOf<Code> extends undefined ? [] : [data: DataOf<Code>]) {
    super(code);
    this.name = 'DomainError';
    this.code = code;
    this.data = rest[0];
  }
}
