import type { About } from '@salotto/contract';

export type AboutService = { get(): About };
