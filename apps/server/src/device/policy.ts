/**
 * Whether a signed-in person may see and end sign-ins. Many at once look through the eyes of a demo's person and know
 * nothing of each other; a guest has the one sign-in that the room gave.
 */
export function mayUseDevices(viewer: { demo: boolean; guest: unknown }): boolean {
  return !viewer.demo && !viewer.guest;
}
