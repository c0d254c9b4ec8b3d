import { describe } from 'vitest';
import { publisherSuite } from './publisher.suite.ts';
import { createMemoryPublisher } from './publisher.ts';

describe('in memory', () => publisherSuite(async (onError) => createMemoryPublisher(onError)));
