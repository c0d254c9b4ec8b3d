import { fileURLToPath } from 'node:url';

/** The folder that holds the project. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');
