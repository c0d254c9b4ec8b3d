import { createContext, type ReactNode, useContext } from 'react';

const WayOut = createContext<ReactNode>(undefined);

/** What is offered to a guest when the room is over for them, in the place of the hallway, which they have not. */
export const WayOutProvider = WayOut.Provider;

export const useWayOut = (): ReactNode => useContext(WayOut);

/** Whether this stay is a guest's: the room, and nothing beside it. */
export const useIsGuest = (): boolean => useWayOut() !== undefined;
