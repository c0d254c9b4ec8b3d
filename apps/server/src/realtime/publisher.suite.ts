import { afterEach, expect, test } from 'vitest';
import type { Publication, Publisher } from './publisher.ts';

/** What every publisher does. `make` gives as many publishers as there are processes in the test, and ends them. */
export function publisherSuite(make: (onError: (error: unknown) => void) => Promise<Publisher>): void {
  const open: Publisher[] = [];
  const errors: unknown[] = [];
  afterEach(async () => {
    for (const publisher of open.splice(0)) await publisher.close();
    errors.length = 0;
  });

  async function publisher() {
    const made = await make((error) => errors.push(error));
    open.push(made);
    const heard: Publication[] = [];
    const unsubscribe = made.subscribe((publication) => heard.push(publication));
    return { made, heard, unsubscribe };
  }

  const changed = (roomId: string): Publication => ({ kind: 'hallway.changed', roomId });

  test('its own process hears at once, in order, and once', async () => {
    const { made, heard } = await publisher();
    made.publish(changed('a'));
    made.publish({ kind: 'room.updated', roomId: 'b', seq: 7 });
    expect(heard).toEqual([changed('a'), { kind: 'room.updated', roomId: 'b', seq: 7 }]);
    await expect.poll(() => made.health().status, { timeout: 10_000 }).toBe('ok');
    made.publish(changed('c'));
    expect(heard.length).toBe(3);
  });

  test('a listener that throws does not stop the others', async () => {
    const { made } = await publisher();
    const late: Publication[] = [];
    made.subscribe(() => {
      throw new Error('broken');
    });
    made.subscribe((publication) => late.push(publication));
    made.publish(changed('a'));
    expect(late).toEqual([changed('a')]);
    expect(errors).toHaveLength(1);
  });

  test('who unsubscribed hears nothing more', async () => {
    const { made, heard, unsubscribe } = await publisher();
    unsubscribe();
    made.publish(changed('a'));
    expect(heard).toEqual([]);
  });

  test('after the end nobody is told', async () => {
    const { made, heard } = await publisher();
    await made.close();
    made.publish(changed('a'));
    expect(heard).toEqual([]);
  });
}
