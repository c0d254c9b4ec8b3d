export { createTestBrowser, type TestBrowser } from './browser.ts';
export { createTestClock } from './clock.ts';
export { createTestDb, type TestDb } from './db.ts';
export { ensureDebianPackage } from './debian.ts';
export { startTestLivekit, type TestLivekit } from './livekit.ts';
export { anna, buildPerson, marta, signInAs, tom, wei } from './people.ts';
export { startTestPostgres, type TestPostgres } from './postgres.ts';
export { type Client, createTestServer, type SignedIn, type TestServer } from './server.ts';
