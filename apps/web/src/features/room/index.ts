export { RoomBar } from './room-bar.tsx';
export { RoomPage } from './room-page.tsx';
