/** An administrator's address of a PostgreSQL server on which tests may make and drop databases. */
export const TEST_DATABASE_URL = 'SALOTTO_TEST_DATABASE_URL';
