import { createAsking } from './asking.ts';
import { createChanging } from './changing.ts';
import { createEntering } from './entering.ts';
import { createEntry } from './entry.ts';
import { createHandQueues } from './hand-queue.ts';
import { createHands } from './hands.ts';
import { createKeeping } from './keeping.ts';
import { createLobby } from './lobby.ts';
import { createModeration } from './moderation.ts';
import type { RoomServiceOptions } from './options.ts';
import { createPlaces } from './places.ts';
import { createReading } from './reading.ts';
import { createSearching } from './searching.ts';
import { createSoundReports } from './sound-reports.ts';
import { createStarting } from './starting.ts';
import { createSummary } from './summary.ts';

/** Rooms: every command, and what others read of rooms. Throws the contract's declared errors. */
export function createRoomService(options: RoomServiceOptions) {
  const asking = createAsking(options);
  const entry = createEntry(options);
  const queues = createHandQueues(options);
  const reading = createReading(options, { asking, entry, queues });
  const { listenersIn: _, ...published } = reading;
  const hands = createHands(options, { asking, queues });
  const { place, ...places } = createPlaces(options, asking);
  const entering = createEntering(options, { asking, entry, reading, hands, place });
  return {
    ...createStarting(options, entry),
    ...entering,
    ...hands,
    ...createLobby(options, { asking, entry }),
    ...createModeration(options, asking),
    ...createChanging(options, asking),
    ...createSoundReports(options, asking),
    ...createKeeping(options, asking),
    ...createSearching(options, { asking, reading }),
    ...places,
    ...published,
    summary: createSummary(options),
    waiting: asking.waiting,
  };
}

export type RoomService = ReturnType<typeof createRoomService>;
