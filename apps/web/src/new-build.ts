import { type ComponentType, lazy } from 'react';
import { loadLaterSentences } from './i18n.ts';

/** Which build this page is; null in development. */
export function ownBuild(): string | null {
  return document.querySelector<HTMLMetaElement>('meta[name=salotto-build]')?.content ?? null;
}

let missing = false;
const listeners = new Set<() => void>();

/** Whether a part of the app could not be loaded: mostly because the server has a newer build. */
export const partMissing = {
  get: () => missing,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
};

/** A part of the app in a file of its own. Where that file is gone, `fallback` stands there and nothing else breaks. */
export function lazyPart<Props>(load: () => Promise<ComponentType<Props>>, fallback: ComponentType<Props>) {
  return lazy(() =>
    load().then(
      (loaded) => ({ default: loaded }),
      () => {
        missing = true;
        for (const listener of listeners) listener();
        return { default: fallback };
      },
    ),
  );
}

/** The same for a page that is not among the first, with its sentences. */
export function laterPart<Props>(load: () => Promise<ComponentType<Props>>, fallback: ComponentType<Props>) {
  return lazyPart(async () => (await Promise.all([load(), loadLaterSentences()]))[0], fallback);
}
