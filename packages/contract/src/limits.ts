/** Numbers that server and clients agree on. Free of schemas, so that a browser's first load carries none for them. */

/** Raised when an older client would misread a newer server. */
export const CONTRACT_VERSION = 1;

/** Most e-mail domains at the door, and most addresses and numbers of one upload to its list. */
export const DOOR_DOMAINS_MAX = 200;
export const DOOR_UPLOAD_MAX = 1_000;
/** An invite: longest reason in characters, most people, and most days. */
export const INVITE_REASON_MAX = 140;
export const INVITE_USES_MAX = 10;
export const INVITE_DAYS_MAX = 90;
/** Most people of one branch that are shown. */
export const BRANCH_MAX = 1_000;
/** Most people let in at once: by hand, and by a cohort. */
export const ADMIT_MAX = 200;
export const COHORT_MAX = 5_000;
/** Most entries of an address book, and of one upload to it, and how long it is kept. */
export const ADDRESS_BOOK_MAX = 5_000;
export const ADDRESS_BOOK_UPLOAD_MAX = 1_000;
export const ADDRESS_BOOK_KEPT_MS = 365 * 86_400_000;
/** Longest sentence of somebody who waits, in characters. */
export const SENTENCE_MAX = 280;
export const MAX_TOPICS = 3;
/** An offer of the stage that nobody answers ends by itself. */
export const OFFER_MS = 60_000;
/** A seat on stage is held this long for somebody whose connection is lost. */
export const SEAT_HELD_MS = 120_000;
/** A room whose stage stays empty is closed after this. */
export const EMPTY_STAGE_MS = 60_000;
/** A moderator who vanished gets the role back by returning within this. */
export const MODERATOR_RETURN_MS = 10 * 60_000;
/** The longest ban that has an end. */
export const MAX_BAN_MINUTES = 30 * 24 * 60;
export const MAX_STAGE = 50;
/** Before the end of a turn that has a clock its speaker is told. */
export const TURN_WARNING_MS = 15_000;
/** Newest entries that "who was called, and why" shows. */
export const CALLS_SHOWN = 100;
/** Most people that the summary of a room names. */
export const SUMMARY_PEOPLE = 24;
export const DESCRIPTION_MAX = 500;
/** People who wait in one room's lobby at once; the list that moderators see of them. */
export const KNOCKS_MAX = 200;
export const KNOCKS_SHOWN = 50;
/** A knock that is not repeated for this long is over: nobody is left behind it. */
export const KNOCK_HELD_MS = 20_000;
/** Somebody who waits repeats the knock this often. */
export const KNOCK_EVERY_MS = 3_000;
/** Whoever was turned away may knock again after this. */
export const TURNED_AWAY_MS = 10 * 60_000;
/** People whom one member may invite into rooms in an hour, by `room.invite` or by a call. */
export const INVITES_PER_HOUR = 100;
/** Most participants that a room’s own limit can be. */
export const MAX_CAPACITY = 10_000;
/** Something out of the ordinary about one's sound is said again this often, and forgotten when it is not. */
export const SOUND_REPORT_RENEW_MS = 60_000;
export const SOUND_REPORT_KEPT_MS = 150_000;
/** The same of an echo that a mixer hears: with every report, so that one that ends leaves nobody accused. */
export const ECHO_RENEW_MS = 1_500;
export const ECHO_KEPT_MS = 7_000;
/** Most faces of one section of the audience that presence carries. */
export const AUDIENCE_FACES = 48;
/** Longest search among an audience, in characters, and most people that it shows. */
export const AUDIENCE_SEARCH_MAX = 60;
export const AUDIENCE_FOUND_MAX = 50;
/** Notifications of one person that are kept, and for how long. */
export const NOTIFICATIONS_KEPT = 200;
export const NOTIFICATION_KEPT_MS = 30 * 86_400_000;
/** So many of those whom one follows have to block somebody before one is told that several did. */
export const BLOCKED_BY_SEVERAL = 3;
/** Longest private note about somebody, in characters, and most notes of one person. */
export const NOTE_MAX = 1_000;
export const NOTES_MAX = 2_000;
/** Those whom one follows who follow somebody: shown by face, and counted up to. */
export const KNOWN_SHOWN = 3;
export const KNOWN_COUNTED = 100;
export const PINGS_PER_HOUR = 20;
export const WAVES_PER_HOUR = 10;
/** A wave waits this long for an answer. */
export const WAVE_MS = 5 * 60_000;
/** Most of each that a profile can name. */
export const PROFILE_LINKS_MAX = 5;
export const PROFILE_LANGUAGES_MAX = 8;
export const PROFILE_TOPICS_MAX = 5;
export const ORGANISATION_MAX = 60;
/** Characters of a search for people; people of a page of it; and the most that one search shows in all. */
export const SEARCH_TEXT_MAX = 60;
export const SEARCH_PAGE = 20;
export const SEARCH_DEEPEST = 200;
/** Largest picture accepted for upload, in bytes. */
export const PICTURE_MAX_BYTES = 8 * 1024 * 1024;

/**
 * Updates: one WebSocket per tab at `/updates`. The client watches subjects; each answers with a snapshot and then with
 * deltas. A room's `seq` is the truth: no number is skipped or sent twice, and a client that comes back with its last
 * `seq` gets what it missed from the room's log (or a snapshot, when that is more than `RESUME_MAX`).
 */
export const UPDATES_PATH = '/updates';
export const RESUME_MAX = 500;
/** Each room's newest `seq` is sent this often, so that a lost message is noticed. */
export const HEAD_EVERY_MS = 5_000;
/** Close codes of the socket that mean "do not come back by yourself". */
export const CLOSE_SIGNED_OUT = 4401;
export const CLOSE_TOO_MANY = 4429;
/** Close code that means "come back": its reason says over how many ms, each client at a moment of chance. */
export const CLOSE_RESTARTING = 4503;
/** Longest name that a guest may give, in characters. */
export const GUEST_NAME_MAX = 40;

/** Chat of a room: characters of a message, messages of a page, and how slow it can be made. */
export const MESSAGE_MAX = 1_000;
export const MESSAGES_PAGE = 50;
export const QUOTE_MAX = 140;
export const SLOW_MODE_SECONDS = [0, 5, 30, 120] as const;
export const LINK_TITLE_MAX = 120;

export const REACTIONS = ['👏', '❤️', '😂', '👍', '🎉', '🤔'] as const;
/** Taps of one person that are counted in a second, in all. */
export const REACTIONS_PER_SECOND = 5;
/** Mixers ask at this path of the private door. */
export const MIXER_PATH = '/mixer';
/** A lease that is not renewed for this long is anybody's. */
export const MIXER_LEASE_MS = 10_000;
/** So long a mixer's question for rooms is left open at most. */
export const MIXER_HOLD_MAX_MS = 4_000;
/** Most rooms of one mixer. */
export const MIXER_ROOMS_MAX = 200;
/** Most intervals of one report. */
export const MIXER_INTERVALS_MAX = 200;
