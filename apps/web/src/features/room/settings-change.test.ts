import type { Topic, TopicId } from '@salotto/contract';
import { describe, expect, it } from 'vitest';
import { buildRoom } from './room-fixtures.ts';
import { changeOf, draftOf } from './settings-change.ts';

const music: Topic = { id: 'music' as TopicId, names: { en: 'Music' } };
const opened = draftOf(buildRoom({ title: 'Voices', topics: [music] }));

describe('what the settings sheet asks for', () => {
  it.each([
    ['nothing', {}, {}],
    ['spaces', { title: ' Voices ' }, {}],
    ['a text', { description: 'Until two' }, { description: 'Until two' }],
    ['topics', { topics: [] }, { topics: [] }],
    ['the door', { visibility: 'social', locked: true }, { visibility: 'social', locked: true }],
    ['places', { capacity: ' 40 ' }, { capacity: 40 }],
    ['a smaller stage', { stageLimit: '6' }, { stageLimit: 6 }],
  ] as const)('%s', (_name, edit, change) => {
    expect(changeOf(opened, { ...opened, ...edit } as typeof opened)).toEqual({ change });
  });

  it('no limit again', () => {
    const limited = draftOf(buildRoom({ capacity: 40 }));
    expect(changeOf(limited, { ...limited, capacity: '' })).toEqual({ change: { capacity: null } });
  });

  it.each([
    [{ title: '  ' }, ['title']],
    [{ capacity: '0' }, ['capacity']],
    [{ capacity: '10001' }, ['capacity']],
    [{ capacity: '2.5' }, ['capacity']],
    [{ stageLimit: '' }, ['stageLimit']],
    [{ stageLimit: '51', title: '' }, ['title', 'stageLimit']],
  ])('%j can’t be', (edit, errors) => {
    expect(changeOf(opened, { ...opened, ...edit })).toEqual({ errors });
  });
});
