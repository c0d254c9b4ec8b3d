import type { AccountId } from '@salotto/contract';
import { usePerson } from '../../../me.ts';

/** Who one is among the writers: the same person under every participation. */
export const useOwnId = (): AccountId => usePerson().id;
