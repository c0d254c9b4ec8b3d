/** What is needed to work the page, and M, H, C and ?, which are the room's own. */
const TAKEN = new Set(['Tab', 'Enter', 'Escape', 'NumpadEnter', 'KeyM', 'KeyH', 'KeyC', 'Slash', '']);
const TAKEN_KINDS = /^(?:Arrow|Page|Home|End|Meta|OS|Context|Browser|Audio|Media|F\d+$)/;

type Pressed = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'altKey' | 'metaKey'>;

/** Whether a key may be the one that is held to talk. Ctrl, Alt and Shift may be by themselves. */
export function canTalkWith({ code, metaKey }: Pressed): boolean {
  return !metaKey && !TAKEN.has(code) && !TAKEN_KINDS.test(code);
}

const TYPING =
  'input:not([type="checkbox"], [type="radio"], [type="range"]), textarea, select, [contenteditable]:not([contenteditable="false"])';
/** Space and letters mean something to these. */
const WORKED = `${TYPING}, button, a[href], summary, input, [role="menu"], [role="slider"], [role="tab"]`;

/** Whether a key pressed here is for talking: not while somebody types, and Space only where it works nothing else. */
export function isForTalking(target: { closest(selector: string): unknown } | null, code: string): boolean {
  return !target?.closest(code === 'Space' ? WORKED : TYPING);
}
