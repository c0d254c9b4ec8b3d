/** One person on stage, as kept in the room's row. Ids and states only. */
export type StageSeat = {
  participationId: string;
  accountId: string;
  role: 'moderator' | 'speaker';
  muted: boolean;
  onStageSince: number;
  /** When the connection was lost; the seat is held from then on for a while. */
  lostAt: number | null;
};
