import { z } from 'zod';
import { SignInCode } from './account.ts';
import { authed } from './base.ts';
import { declare } from './errors.ts';
import { Millis } from './ids.ts';

/** Until when somebody who asked to be deleted can come back. */
export const Leaving = z.object({ until: Millis });
export type Leaving = z.infer<typeof Leaving>;

export const leaving = {
  /** Signed out everywhere and invisible at once; gone for good when the time to come back is over. */
  ask: authed
    .route({ method: 'POST', path: '/leaving', summary: 'Ask for your account to be deleted' })
    .input(
      z.object({
        /** Of one's own address, by `account.requestCode`. Not needed within ten minutes of signing in. */
        code: SignInCode.optional(),
      }),
    )
    .output(Leaving)
    .errors(declare('FORBIDDEN', 'CONFLICT', 'CODE_REFUSED')),
  mine: authed
    .route({ method: 'GET', path: '/leaving', summary: 'Until when you can come back' })
    .output(Leaving)
    .errors(declare('NOT_FOUND')),
  comeBack: authed
    .route({ method: 'DELETE', path: '/leaving', summary: 'Keep your account after all' })
    .errors(declare('NOT_FOUND')),
};
