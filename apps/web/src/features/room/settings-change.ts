import { MAX_CAPACITY, MAX_STAGE, type RoomChange, type RoomSettings, type TopicId } from '@salotto/contract';

/** The sheet as it stands: numbers as they were typed. */
export type Draft = Omit<RoomSettings, 'topics' | 'capacity' | 'stageLimit'> & {
  topics: TopicId[];
  capacity: string;
  stageLimit: string;
};
export type DraftError = 'title' | 'capacity' | 'stageLimit';

export function draftOf(room: RoomSettings): Draft {
  const { title, description, locale, visibility, locked, lobby, speakerLinksPassLobby, ledger } = room;
  return {
    ...{ title, description, locale, visibility, locked, lobby, speakerLinksPassLobby, ledger },
    topics: room.topics.map((topic) => topic.id),
    capacity: room.capacity === null ? '' : String(room.capacity),
    stageLimit: String(room.stageLimit),
  };
}

/**
 * What the draft changes against how the sheet was opened, so that two moderators who change different things do not
 * undo each other; or what is wrong with it.
 */
export function changeOf(opened: Draft, draft: Draft): { change: RoomChange } | { errors: DraftError[] } {
  const capacity = draft.capacity.trim() === '' ? null : whole(draft.capacity, MAX_CAPACITY);
  const stageLimit = whole(draft.stageLimit, MAX_STAGE);
  const errors: DraftError[] = [];
  if (draft.title.trim() === '') errors.push('title');
  if (Number.isNaN(capacity)) errors.push('capacity');
  if (Number.isNaN(stageLimit)) errors.push('stageLimit');
  if (errors.length > 0) return { errors };
  const asked: RoomChange = { ...draft, capacity, stageLimit };
  const names = Object.keys(draft) as (keyof Draft)[];
  const changed = names.filter((name) => String(draft[name]).trim() !== String(opened[name]).trim());
  return { change: Object.fromEntries(changed.map((name) => [name, asked[name]])) };
}

function whole(typed: string, most: number): number {
  const value = Number(typed.trim());
  return /^\d+$/.test(typed.trim()) && value >= 1 && value <= most ? value : Number.NaN;
}
