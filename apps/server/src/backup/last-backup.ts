/** In the data folder: when the last backup was taken, in seconds since 1970. */
export const LAST_BACKUP = 'last-backup';
